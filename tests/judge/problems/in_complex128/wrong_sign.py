# wrong_answer value
import jax.numpy as jnp


def in_complex128(x):
    return jnp.exp(-1j * x)
