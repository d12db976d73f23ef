import jax.numpy as jnp


def matrix_chain(a, b, c):
    # einsum looks for a good order by itself, from the shapes.
    return jnp.einsum("ij,jk,kl->il", a, b, c)
