# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The scores are not divided by the square root of D, so that the softmax is sharper than it should be."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T
    mask = jnp.tril(jnp.ones_like(scores, dtype=bool))
    return jax.nn.softmax(jnp.where(mask, scores, -jnp.inf), axis=-1) @ v
