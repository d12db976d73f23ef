# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "exp of a score above 88 is infinite in float32, and infinity over infinity is not a number. Subtract the largest score of each row first, or use jax.nn.softmax."
# ///
import jax.numpy as jnp


def causal_attention(q, k, v):
    shares = jnp.tril(jnp.exp(q @ k.T / jnp.sqrt(q.shape[1])))
    return shares / shares.sum(axis=-1, keepdims=True) @ v
