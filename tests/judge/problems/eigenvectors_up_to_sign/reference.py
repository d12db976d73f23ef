import jax.numpy as jnp


def eigenvectors_up_to_sign(a):
    return tuple(jnp.linalg.eigh(a))
