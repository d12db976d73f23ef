# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The epsilon is added to the standard deviation. Added to the variance, inside the root, it counts far more where the variance is small."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    mean = x.mean(axis=-1, keepdims=True)
    return gain * (x - mean) / (x.std(axis=-1, keepdims=True) + 1e-5) + bias
