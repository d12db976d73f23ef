# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Beside a large score the logarithm of the sum is rounded off: at 1e8, log(2) is nothing, and two equal scores get 1 each. Divide by the sum itself."
# ///
import jax
import jax.numpy as jnp


def stable_softmax(logits):
    return jnp.exp(logits - jax.nn.logsumexp(logits, axis=1, keepdims=True))
