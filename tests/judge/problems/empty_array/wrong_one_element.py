# wrong_answer shape
import jax.numpy as jnp


def empty_array(x):
    return jnp.zeros(max(1, x.size)) + 0 if x.size == 0 else 2 * x, x.sum()
