# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Infinity times 0 is not a number, and that is what -jnp.inf * (1 - mask) is where the mask is 1. Choose with jnp.where(mask, scores, -jnp.inf)."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T / jnp.sqrt(q.shape[1])
    mask = jnp.tril(jnp.ones_like(scores))
    return jax.nn.softmax(scores - jnp.inf * (1 - mask), axis=-1) @ v
