# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A small number in the denominator hides the division by zero, and a row far below 0 comes out as zeros instead of probabilities. Subtract the largest score of the row; then the sum is never below 1 and needs no help."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    weights = jnp.exp(jnp.minimum(logits, 80.0))
    return weights / (jnp.sum(weights, axis=1, keepdims=True) + 1e-9)
