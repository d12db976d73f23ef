import jax.numpy as jnp


def bucket_counts(counts, labels):
    return counts.at[labels].add((labels >= 0).astype(jnp.int32))
