# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "All of the result stands inside stop_gradient, so no gradient passes. Leave x itself outside, and stop only the correction."
# ///
import jax
import jax.numpy as jnp


def straight_through_round(x):
    return jax.lax.stop_gradient(x + (jnp.round(x) - x))
