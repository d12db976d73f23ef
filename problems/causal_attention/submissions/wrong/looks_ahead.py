# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jnp.triu keeps the positions from i on, so that each looks ahead in place of back. jnp.tril keeps those up to i."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T / jnp.sqrt(q.shape[1])
    mask = jnp.triu(jnp.ones_like(scores, dtype=bool))
    return jax.nn.softmax(jnp.where(mask, scores, -jnp.inf), axis=-1) @ v
