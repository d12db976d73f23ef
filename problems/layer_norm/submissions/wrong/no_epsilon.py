# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Without the epsilon, vectors of small variance come out too large, and a constant one is 0 / 0. Add 1e-5 to the variance, inside the root."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    mean = x.mean(axis=-1, keepdims=True)
    return gain * (x - mean) / jnp.std(x, axis=-1, keepdims=True) + bias
