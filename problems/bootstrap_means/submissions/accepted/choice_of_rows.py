import jax


def bootstrap_means(key, table, resamples):
    return jax.random.choice(key, table, (resamples, table.shape[0]), axis=0).mean(axis=1)
