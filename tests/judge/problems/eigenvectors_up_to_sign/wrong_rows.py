# wrong_answer value
import jax.numpy as jnp


def eigenvectors_up_to_sign(a):
    values, vectors = jnp.linalg.eigh(a + jnp.tril(jnp.ones_like(a), -1) * 0)
    return values, jnp.roll(vectors, 1, axis=1)
