# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The cotangent comes back unchanged: without a rule of its own, the identity passes everything. Write one with jax.custom_vjp."
# ///
import jax.numpy as jnp


def clipped_gradient(x, limit):
    return jnp.asarray(x)
