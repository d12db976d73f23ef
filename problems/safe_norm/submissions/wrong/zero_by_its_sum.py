# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Entries of both signs may add up to 0, and their vector is not zero. Ask for the sum of the squares."
# ///
import jax.numpy as jnp


def safe_norm(x):
    is_zero = jnp.sum(x) == 0
    safe = jnp.where(is_zero, jnp.ones_like(x), x)
    return jnp.where(is_zero, 0.0, jnp.sqrt(jnp.sum(safe**2)))
