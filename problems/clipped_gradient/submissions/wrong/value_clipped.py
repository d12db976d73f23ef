# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This clips x itself, and its gradient is 0 beyond the limit. Forward, x passes unchanged; the cotangent is to be clipped, in a rule of your own."
# ///
import jax.numpy as jnp


def clipped_gradient(x, limit):
    return jnp.clip(x, -limit, limit)
