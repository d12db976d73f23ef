# wrong_answer nonfinite
import jax.numpy as jnp


def under_value_and_grad(x):
    return jnp.where(x > 20, x, jnp.log1p(jnp.exp(x))).sum()
