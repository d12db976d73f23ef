import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    positions = jnp.arange(len(q))

    def answer(query, position):
        scores = k @ (query / jnp.sqrt(query.size))
        scores = jnp.where(positions <= position, scores, -1e9)
        return jax.nn.softmax(scores) @ v

    return jax.vmap(answer)(q, positions)
