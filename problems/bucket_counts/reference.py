import jax.numpy as jnp


def bucket_counts(counts, labels):
    # A negative index would count from the end; one that is too large is left out.
    indices = jnp.where(labels < 0, counts.shape[0], labels)
    return counts.at[indices].add(1, mode="drop")
