# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The sum runs over the whole matrix, so all probabilities together add up to 1 instead of those of each row. Sum along axis=1 with keepdims=True."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    weights = jnp.exp(logits - jnp.max(logits, axis=1, keepdims=True))
    return weights / jnp.sum(weights)
