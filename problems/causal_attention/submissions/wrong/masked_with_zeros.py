# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A product with the mask makes the scores of later positions 0, and the softmax gives 0 a weight like any other score. Use jnp.where with -jnp.inf."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T / jnp.sqrt(q.shape[1])
    return jax.nn.softmax(jnp.tril(scores), axis=-1) @ v
