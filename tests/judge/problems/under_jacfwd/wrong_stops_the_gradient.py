# wrong_answer value
import jax
import jax.numpy as jnp


def under_jacfwd(x):
    return jnp.sin(x) * jax.lax.stop_gradient(x.sum())
