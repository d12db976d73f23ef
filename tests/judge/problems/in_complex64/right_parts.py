import jax.numpy as jnp


def in_complex64(x):
    return x.imag + 1j * x.real
