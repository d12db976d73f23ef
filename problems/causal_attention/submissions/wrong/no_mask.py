# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Each position sees the later ones too. Put -inf in place of the scores with j > i, before the softmax."
# ///
import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    return jax.nn.softmax(q @ k.T / jnp.sqrt(q.shape[1]), axis=-1) @ v
