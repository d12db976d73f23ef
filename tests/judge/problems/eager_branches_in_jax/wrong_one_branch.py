# wrong_answer nonfinite
import jax.numpy as jnp


def eager_branches_in_jax(x):
    return jnp.sqrt(x.sum())
