# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This makes every column add up to 1. The classes lie along a row, so maximum and sum run along axis=1."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    weights = jnp.exp(logits - jnp.max(logits, axis=0))
    return weights / jnp.sum(weights, axis=0)
