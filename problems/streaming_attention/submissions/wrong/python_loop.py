# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The loop over the blocks runs while the program is traced and writes each block into it. Make its body the step of a lax.scan."
# ///
import jax.numpy as jnp


def streaming_attention(queries, keys, values):
    largest = jnp.full(len(queries), -jnp.inf)
    total, mixed = jnp.zeros(len(queries)), jnp.zeros((len(queries), values.shape[1]))
    for start in range(0, len(keys), 64):
        scores = queries @ keys[start : start + 64].T / jnp.sqrt(queries.shape[1])
        new = jnp.maximum(largest, scores.max(axis=1))
        weights, rescale = jnp.exp(scores - new[:, None]), jnp.exp(largest - new)
        total = rescale * total + weights.sum(axis=1)
        mixed = rescale[:, None] * mixed + weights @ values[start : start + 64]
        largest = new
    return mixed / total[:, None]
