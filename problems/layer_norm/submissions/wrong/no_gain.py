# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The vectors are normalised, and gain and bias are never used. Multiply by gain and add bias at the end."
# ///
import jax


def layer_norm(x, gain, bias):
    return jax.nn.standardize(x, axis=-1, epsilon=1e-5)
