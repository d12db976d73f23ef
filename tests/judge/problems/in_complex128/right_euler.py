import jax.numpy as jnp


def in_complex128(x):
    return jnp.cos(x) + 1j * jnp.sin(x)
