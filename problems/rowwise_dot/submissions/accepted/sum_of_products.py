import jax.numpy as jnp


def rowwise_dot(left, right):
    return jnp.sum(left * right, axis=1)
