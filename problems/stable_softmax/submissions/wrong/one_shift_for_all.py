# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "jnp.max(logits) is the largest score of the whole matrix. A row that lies far below it becomes all zeros, and zero divided by zero is nan. Take the maximum of each row: axis=1, keepdims=True."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    weights = jnp.exp(logits - jnp.max(logits))
    return weights / jnp.sum(weights, axis=1, keepdims=True)
