# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The scale is taken from the length of a value. It is that of a query and a key, over which the products are summed."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    scores = q @ k.T / jnp.sqrt(v.shape[1])
    mask = jnp.tril(jnp.ones_like(scores, dtype=bool))
    return jax.nn.softmax(jnp.where(mask, scores, -jnp.inf), axis=-1) @ v
