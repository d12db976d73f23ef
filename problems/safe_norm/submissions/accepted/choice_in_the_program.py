import jax
import jax.numpy as jnp


def safe_norm(x):
    squares = jnp.vdot(x, x, precision="highest")
    return jax.lax.cond(squares > 0, jnp.sqrt, lambda _: 0.0, squares)
