# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "With k=-1 the diagonal is masked too, and the first position has nothing left to look at. Positions j <= i count, i itself among them."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T / jnp.sqrt(q.shape[1])
    mask = jnp.tril(jnp.ones_like(scores, dtype=bool), k=-1)
    return jax.nn.softmax(jnp.where(mask, scores, -jnp.inf), axis=-1) @ v
