# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Vectors shorter than some bound are taken for zero, and entries may be smaller. Only the zero vector has length 0."
# ///
import jax.numpy as jnp


def safe_norm(x):
    squared = jnp.sum(x**2)
    is_zero = squared < 1e-12
    return jnp.where(is_zero, 0.0, jnp.sqrt(jnp.where(is_zero, 1.0, squared)))
