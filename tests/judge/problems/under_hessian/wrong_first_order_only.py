# wrong_answer value
import jax
import jax.numpy as jnp


def under_hessian(x):
    g = jax.lax.stop_gradient(x / jnp.sqrt(1 + x @ x))
    return jax.lax.stop_gradient(jnp.sqrt(1 + x @ x)) + g @ (x - jax.lax.stop_gradient(x))
