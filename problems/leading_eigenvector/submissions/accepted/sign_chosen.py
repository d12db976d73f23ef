import jax.numpy as jnp
from jax import lax


def leading_eigenvector(matrix):
    vectors, values = lax.linalg.eigh(matrix)
    v = jnp.take(vectors, jnp.argmax(values), axis=1)
    # A rule for the sign: the entry of the largest magnitude is positive.
    return v * jnp.sign(v[jnp.argmax(jnp.abs(v))])
