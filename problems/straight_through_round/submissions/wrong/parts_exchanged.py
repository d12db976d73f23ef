# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Value and gradient are exchanged: forward this is x, backward it is the rounding. What is outside of stop_gradient gives the gradient."
# ///
import jax
import jax.numpy as jnp


def straight_through_round(x):
    return jnp.round(x) + jax.lax.stop_gradient(x - jnp.round(x))
