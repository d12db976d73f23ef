# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The mean of a row can lie more than 88 below its largest score, and then the exponential still overflows. Only the largest score makes sure that no exponent is above 0."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    weights = jnp.exp(logits - jnp.mean(logits, axis=1, keepdims=True))
    return weights / jnp.sum(weights, axis=1, keepdims=True)
