# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Mean and variance are taken over positions and features together. Each position has a mean and a variance of its own: axis=-1 alone."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    mean = x.mean(axis=(1, 2), keepdims=True)
    return gain * (x - mean) / jnp.sqrt(jnp.var(x, axis=(1, 2), keepdims=True) + 1e-5) + bias
