# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The scores are divided by D. It is its square root: a sum of D products of independent numbers grows like that."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T / q.shape[1]
    mask = jnp.tril(jnp.ones_like(scores, dtype=bool))
    return jax.nn.softmax(jnp.where(mask, scores, -jnp.inf), axis=-1) @ v
