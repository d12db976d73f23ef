import jax.numpy as jnp
from jax import lax

BLOCK = 64


def streaming_attention(queries, keys, values):
    count, width = queries.shape
    queries = queries / width**0.5

    def step(carry, block):
        largest, total, mixed = carry
        block_keys, block_values = block
        scores = queries @ block_keys.T

        new_largest = jnp.maximum(largest, jnp.max(scores, axis=1))
        weights = jnp.exp(scores - new_largest[:, None])
        # What was added up so far was relative to the old maximum.
        rescale = jnp.exp(largest - new_largest)
        total = rescale * total + jnp.sum(weights, axis=1)
        mixed = rescale[:, None] * mixed + weights @ block_values
        return (new_largest, total, mixed), None

    start = jnp.full(count, -jnp.inf), jnp.zeros(count), jnp.zeros((count, values.shape[1]))
    blocks = keys.reshape(-1, BLOCK, width), values.reshape(-1, BLOCK, values.shape[1])
    (_, total, mixed), _ = lax.scan(step, start, blocks)
    return mixed / total[:, None]
