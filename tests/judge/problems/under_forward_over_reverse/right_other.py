import jax.numpy as jnp


def under_forward_over_reverse(x):
    return x.size - (1 / (1 + x * x)).sum()
