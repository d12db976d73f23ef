# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The root is taken of each entry, so the absolute values are added up. Add the squares first, and take one root of the sum."
# ///
import jax.numpy as jnp


def safe_norm(x):
    zero = x == 0
    return jnp.sum(jnp.where(zero, 0.0, jnp.sqrt(jnp.where(zero, 1.0, x**2))))
