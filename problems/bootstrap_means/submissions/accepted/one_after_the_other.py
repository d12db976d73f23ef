import jax
import jax.numpy as jnp
from jax import lax


def bootstrap_means(key, table, resamples):
    count = table.shape[0]

    def resample(key, _):
        key, now = jax.random.split(key)
        rows = jnp.floor(count * jax.random.uniform(now, (count,))).astype(int)
        return key, table.at[rows].get(mode="clip").mean(axis=0)

    # The key is the carry: one part is used up in each turn, the other is handed on.
    return lax.scan(resample, key, length=resamples)[1]
