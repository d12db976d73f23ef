import jax.numpy as jnp


def under_forward_over_reverse(x):
    return (x**2 / (1 + x**2)).sum()
