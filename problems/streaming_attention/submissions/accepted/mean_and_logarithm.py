import jax
import jax.numpy as jnp
from jax import lax


def streaming_attention(queries, keys, values):
    # Carried are the mean so far and the logarithm of its weight. Two means are mixed by the logistic function.
    def one_query(query):
        def step(carry, block):
            mean, weight = carry
            block_keys, block_values = block
            scores = block_keys @ query / query.size**0.5
            block_weight = jax.nn.logsumexp(scores)
            block_mean = jax.nn.softmax(scores) @ block_values
            share = jax.nn.sigmoid(block_weight - weight)
            return (mean + share * (block_mean - mean), jnp.logaddexp(weight, block_weight)), None

        blocks = keys.reshape(-1, 64, keys.shape[1]), values.reshape(-1, 64, values.shape[1])
        first = jnp.zeros(values.shape[1]), jnp.float32(-jnp.inf)
        return lax.scan(step, first, blocks)[0][0]

    return jax.vmap(one_query)(queries)
