# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The blocks were averaged as if all had the same weight. A block counts by the sum of its exponentials, relative to a maximum that all blocks share."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def streaming_attention(queries, keys, values):
    def step(total, block):
        scores = queries @ block[0].T / jnp.sqrt(queries.shape[1])
        return total + jax.nn.softmax(scores, axis=1) @ block[1], None

    blocks = keys.reshape(-1, 64, keys.shape[1]), values.reshape(-1, 64, values.shape[1])
    total, _ = lax.scan(step, jnp.zeros((len(queries), values.shape[1])), blocks)
    return total / len(blocks[0])
