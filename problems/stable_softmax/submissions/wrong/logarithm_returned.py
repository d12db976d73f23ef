# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "log_softmax returns the logarithms of the probabilities. Asked for are the probabilities themselves."
# ///
import jax


def stable_softmax(logits):
    return jax.nn.log_softmax(logits, axis=1)
