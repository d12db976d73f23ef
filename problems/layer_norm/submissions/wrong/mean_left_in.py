# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "x is divided by its standard deviation, and its mean is still in it. Subtract the mean first."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    return gain * x / jnp.sqrt(jnp.var(x, axis=-1, keepdims=True) + 1e-5) + bias
