# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Each block subtracts its own maximum, and sums that are relative to different maxima are added. Rescale the old sums by exp(old - new) and take the weights of the block relative to the new maximum."
# ///
import jax.numpy as jnp
from jax import lax


def streaming_attention(queries, keys, values):
    def step(carry, block):
        scores = queries @ block[0].T / jnp.sqrt(queries.shape[1])
        weights = jnp.exp(scores - scores.max(axis=1, keepdims=True))
        return (carry[0] + weights.sum(axis=1), carry[1] + weights @ block[1]), None

    blocks = keys.reshape(-1, 64, keys.shape[1]), values.reshape(-1, 64, values.shape[1])
    start = jnp.zeros(len(queries)), jnp.zeros((len(queries), values.shape[1]))
    (total, mixed), _ = lax.scan(step, start, blocks)
    return mixed / total[:, None]
