import jax.numpy as jnp


def safe_norm(x):
    squares = jnp.sum(x**2)
    zero = squares == 0
    root = jnp.sqrt(jnp.where(zero, 1.0, squares))
    return jnp.where(zero, 0.0, root)
