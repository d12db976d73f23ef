# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "vmap over the blocks computes all of them at once, and their scores together are all scores. lax.scan takes one block after the other."
# ///
import jax
import jax.numpy as jnp


def streaming_attention(queries, keys, values):
    def block(keys, values):
        scores = queries @ keys.T / jnp.sqrt(queries.shape[1])
        largest = scores.max(axis=1)
        weights = jnp.exp(scores - largest[:, None])
        return largest, weights.sum(axis=1), weights @ values

    blocks = keys.reshape(-1, 64, keys.shape[1]), values.reshape(-1, 64, values.shape[1])
    largest, total, mixed = jax.vmap(block)(*blocks)
    share = jnp.exp(largest - largest.max(axis=0))
    return (share[..., None] * mixed).sum(axis=0) / (share * total).sum(axis=0)[:, None]
