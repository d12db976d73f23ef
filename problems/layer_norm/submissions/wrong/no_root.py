# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The deviations are divided by the variance. Divide by its square root, the standard deviation."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    mean = x.mean(axis=-1, keepdims=True)
    return gain * (x - mean) / (jnp.var(x, axis=-1, keepdims=True) + 1e-5) + bias
