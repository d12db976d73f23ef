import jax.numpy as jnp


def in_complex64(x):
    return jnp.conj(x) * 1j
