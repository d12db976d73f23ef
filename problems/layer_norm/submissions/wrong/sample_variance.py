# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "ddof=1 divides the variance by D - 1. Layer normalisation divides by D, which is what jnp.var does unless told otherwise."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    mean = x.mean(axis=-1, keepdims=True)
    variance = jnp.var(x, axis=-1, ddof=1, keepdims=True)
    return gain * (x - mean) / jnp.sqrt(variance + 1e-5) + bias
