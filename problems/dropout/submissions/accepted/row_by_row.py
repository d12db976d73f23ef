import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keys = jax.random.split(key, x.shape[0])

    def one_row(key, row):
        return jnp.where(jax.random.bernoulli(key, rate, row.shape), 0.0, row / (1.0 - rate))

    return jax.vmap(one_row)(keys, x)
