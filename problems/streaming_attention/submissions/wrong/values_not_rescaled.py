# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "When the maximum grows, only the sum of the weights is rescaled. The weighted sum of the values is relative to the old maximum too: multiply it by rescale[:, None]."
# ///
import jax.numpy as jnp
from jax import lax


def streaming_attention(queries, keys, values):
    def step(carry, block):
        largest, total, mixed = carry
        scores = queries @ block[0].T / jnp.sqrt(queries.shape[1])
        new = jnp.maximum(largest, scores.max(axis=1))
        weights, rescale = jnp.exp(scores - new[:, None]), jnp.exp(largest - new)
        return (new, rescale * total + weights.sum(axis=1), mixed + weights @ block[1]), None

    blocks = keys.reshape(-1, 64, keys.shape[1]), values.reshape(-1, 64, values.shape[1])
    start = jnp.full(len(queries), -jnp.inf), jnp.zeros(len(queries)), jnp.zeros((len(queries), values.shape[1]))
    (_, total, mixed), _ = lax.scan(step, start, blocks)
    return mixed / total[:, None]
