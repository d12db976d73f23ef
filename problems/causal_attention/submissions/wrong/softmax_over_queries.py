# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Along axis 0 the weights that one key gets from all queries add up to 1. It is the weights that one query gives, along axis=-1."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T / jnp.sqrt(q.shape[1])
    mask = jnp.tril(jnp.ones_like(scores, dtype=bool))
    return jax.nn.softmax(jnp.where(mask, scores, -jnp.inf), axis=0) @ v
