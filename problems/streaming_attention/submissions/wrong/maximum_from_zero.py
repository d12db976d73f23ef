# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The running maximum begins at 0. Where all scores are far below 0, it stays there, and every exponential is 0: begin with -inf."
# ///
import jax
import jax.numpy as jnp


def streaming_attention(queries, keys, values):
    def step(state, block):
        largest, total, weighted = state
        some_keys, some_values = block
        scores = queries @ some_keys.T / jnp.sqrt(queries.shape[1])
        higher = jnp.maximum(largest, scores.max(axis=1))
        rescale = jnp.exp(largest - higher)
        weights = jnp.exp(scores - higher[:, None])
        return (
            higher,
            total * rescale + weights.sum(axis=1),
            weighted * rescale[:, None] + weights @ some_values,
        ), None

    rows = queries.shape[0]
    start = jnp.zeros(rows), jnp.zeros(rows), jnp.zeros((rows, values.shape[1]))
    blocks = keys.reshape(-1, 64, keys.shape[1]), values.reshape(-1, 64, values.shape[1])
    (_, total, weighted), _ = jax.lax.scan(step, start, blocks)
    return weighted / total[:, None]
