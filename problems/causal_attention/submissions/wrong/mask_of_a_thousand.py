# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A score of a later position may be more than a thousand above those that count, and then it still gets all the weight. Mask with -inf."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T / jnp.sqrt(jnp.float32(q.shape[1]))
    later = jnp.triu(jnp.ones_like(scores), 1)
    return jax.nn.softmax(scores - 1000 * later, axis=1) @ v
