# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This epsilon is smaller than the one asked for, 1e-5, and vectors of small variance come out too large."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    mean = x.mean(axis=-1, keepdims=True)
    return gain * (x - mean) / jnp.sqrt(jnp.var(x, axis=-1, keepdims=True) + 1e-6) + bias
