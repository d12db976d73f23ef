import jax.numpy as jnp


def rowwise_dot(left, right):
    return jnp.einsum("bd,bd->b", left, right)
