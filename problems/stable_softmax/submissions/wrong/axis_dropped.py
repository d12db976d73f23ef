# /// allclose
# verdict = "runtime_error"
# message = "The maximum along axis=1 has shape (N,), and broadcasting lays it along the columns, of which there are K. With keepdims=True it has shape (N, 1) and fits the rows."
# ///
import jax.numpy as jnp


def stable_softmax(logits):
    weights = jnp.exp(logits - jnp.max(logits, axis=1))
    return weights / jnp.sum(weights, axis=1)
