# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The weights of later positions are cut off after the softmax, and the rest no longer adds up to 1. Mask the scores, before the softmax."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    weights = jax.nn.softmax(q @ k.T / jnp.sqrt(q.shape[1]), axis=-1)
    return jnp.tril(weights) @ v
