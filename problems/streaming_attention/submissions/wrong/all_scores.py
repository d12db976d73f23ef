# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "The scores of all queries and all keys exist at once. Go through the keys in blocks of 64 with lax.scan, and carry the largest score, the sum of the weights, and the weighted sum of the values."
# ///
import jax
import jax.numpy as jnp


def streaming_attention(queries, keys, values):
    scores = queries @ keys.T / jnp.sqrt(queries.shape[1])
    return jax.nn.softmax(scores, axis=1) @ values
