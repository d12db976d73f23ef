# /// allclose
# verdict = "runtime_error"
# message = "A mean over the last axis has the shape (B, T), which does not broadcast along the features. keepdims=True leaves an axis of length 1 for that."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    return gain * (x - x.mean(axis=-1)) / jnp.sqrt(x.var(axis=-1) + 1e-5) + bias
