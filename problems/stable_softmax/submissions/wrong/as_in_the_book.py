# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "exp overflows above 88, and below -104 the whole row becomes zeros, so this divides infinity by infinity or zero by zero. Subtract the largest score of the row before the exponential."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    weights = jnp.exp(logits)
    return weights / jnp.sum(weights, axis=1, keepdims=True)
