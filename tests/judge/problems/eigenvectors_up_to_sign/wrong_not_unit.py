# wrong_answer value
import jax.numpy as jnp


def eigenvectors_up_to_sign(a):
    values, vectors = jnp.linalg.eigh(a)
    return values, 2 * vectors
