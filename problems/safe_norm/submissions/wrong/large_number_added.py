# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The number added under the root is the length of the zero vector now, squared. Choose by jnp.where instead of adding."
# ///
import jax.numpy as jnp


def safe_norm(x):
    return jnp.sqrt(jnp.sum(x**2) + 1e-6)
