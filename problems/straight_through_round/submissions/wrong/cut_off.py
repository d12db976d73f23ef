# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "trunc cuts off what is behind the decimal point, so 1.7 becomes 1. The nearest whole number is asked for: jnp.round."
# ///
import jax
import jax.numpy as jnp


def straight_through_round(x):
    return x + jax.lax.stop_gradient(jnp.trunc(x) - x)
