import jax
import jax.numpy as jnp


def bootstrap_means(key, table, resamples):
    count = table.shape[0]
    drawn = jax.random.randint(key, (resamples, count), 0, count)
    # How often each row comes up in each resample, then one product with the table.
    times = jnp.sum(jax.nn.one_hot(drawn, count), axis=1)
    return jnp.matmul(times, table, precision="highest") / count
