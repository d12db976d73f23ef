# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The bias is added before the product with gain, and is scaled by it. Multiply first, then add."
# ///
import jax


def layer_norm(x, gain, bias):
    return gain * (jax.nn.standardize(x, axis=-1, epsilon=1e-5) + bias)
