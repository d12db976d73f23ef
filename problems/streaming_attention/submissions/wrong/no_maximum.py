# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Without a maximum subtracted, exp overflows for scores above 88 and vanishes for scores far below 0. Carry the largest score so far, and rescale both sums when it grows."
# ///
import jax.numpy as jnp
from jax import lax


def streaming_attention(queries, keys, values):
    def step(carry, block):
        weights = jnp.exp(queries @ block[0].T / jnp.sqrt(queries.shape[1]))
        return (carry[0] + weights.sum(axis=1), carry[1] + weights @ block[1]), None

    blocks = keys.reshape(-1, 64, keys.shape[1]), values.reshape(-1, 64, values.shape[1])
    start = jnp.zeros(len(queries)), jnp.zeros((len(queries), values.shape[1]))
    (total, mixed), _ = lax.scan(step, start, blocks)
    return mixed / total[:, None]
