import jax.numpy as jnp


def bucket_counts(counts, labels):
    # Where bucket k begins among the sorted labels; the difference to the next one is its count.
    begins = jnp.searchsorted(jnp.sort(labels), jnp.arange(counts.shape[0] + 1))
    return counts + jnp.diff(begins)
