import jax.numpy as jnp


def without_custom_calls(x):
    m = x + 2 * jnp.eye(2)
    adjugate = jnp.array([[m[1, 1], -m[0, 1]], [-m[1, 0], m[0, 0]]])
    return adjugate / (m[0, 0] * m[1, 1] - m[0, 1] * m[1, 0])
