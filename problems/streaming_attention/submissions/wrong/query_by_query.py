# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "Going through the queries keeps the scores of one query at a time, which are still as many as there are keys. It is the keys that have to come in blocks, with running sums."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def streaming_attention(queries, keys, values):
    def one_query(query):
        return jax.nn.softmax(keys @ query / jnp.sqrt(query.size)) @ values

    return lax.map(one_query, queries)
