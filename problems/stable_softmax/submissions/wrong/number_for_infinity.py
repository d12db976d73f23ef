# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A large negative number in place of minus infinity is still above scores that are lower. exp(-inf) is 0 by itself."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    finite = jnp.where(jnp.isneginf(logits), -1e9, logits)
    powers = jnp.exp(finite - finite.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
