# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jnp.exp is the sum of all terms. Asked for are the first ones only, and few terms are far from all of them."
# ///
import jax.numpy as jnp


def power_series(x, terms):
    return jnp.exp(x)
