import jax.numpy as jnp
from jax import lax


def causal_attention(q, k, v):
    # One key after the other. For each query: its largest score so far, the sum of its shares, the weighted values.
    positions = jnp.arange(len(q))

    def look_at(state, key_at):
        key, value, at = key_at
        largest, total, answer = state
        score = jnp.where(positions >= at, q @ key / jnp.sqrt(q.shape[1]), -jnp.inf)
        new_largest = jnp.maximum(largest, score)
        shrink, share = jnp.exp(largest - new_largest), jnp.exp(score - new_largest)
        return (new_largest, total * shrink + share, answer * shrink[:, None] + share[:, None] * value), None

    # Every query sees key 0, so that no largest score stays where it starts.
    start = (jnp.full(len(q), -1e30), jnp.zeros(len(q)), jnp.zeros_like(v))
    (_, total, answer), _ = lax.scan(look_at, start, (k, v, positions))
    return answer / total[:, None]
