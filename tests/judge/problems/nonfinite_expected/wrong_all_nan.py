# wrong_answer nonfinite
import jax.numpy as jnp


def nonfinite_expected(x):
    return jnp.log(x) * jnp.nan
