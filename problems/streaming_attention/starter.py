import jax
import jax.numpy as jnp


def streaming_attention(queries, keys, values):
    # All scores at once, and they are not scaled yet.
    scores = queries @ keys.T
    return jax.nn.softmax(scores, axis=1) @ values
