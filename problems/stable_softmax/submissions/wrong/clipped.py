# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Clipping makes large scores equal that are not, so 1000 and 1001 get the same probability. Shift the whole row by one number instead; that changes nothing but the overflow."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    weights = jnp.exp(jnp.clip(logits, -80.0, 80.0))
    return weights / jnp.sum(weights, axis=1, keepdims=True)
