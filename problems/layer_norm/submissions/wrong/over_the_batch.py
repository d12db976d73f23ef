# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Over axis 0 the examples of a batch are normalised against each other; that is the idea of batch normalisation. Each vector stands for itself here: axis=-1."
# ///
import jax.numpy as jnp


def layer_norm(x, gain, bias):
    mean = x.mean(axis=0, keepdims=True)
    return gain * (x - mean) / jnp.sqrt(jnp.var(x, axis=0, keepdims=True) + 1e-5) + bias
