# /// allclose
# verdict = "runtime_error"
# message = "Arrays of JAX cannot be changed, and in NumPy this line would count a repeated label only once. Return counts.at[...].add(1)."
# ///
import jax.numpy as jnp


def bucket_counts(counts, labels):
    indices = jnp.where(labels < 0, counts.shape[0], labels)
    counts[indices] += 1
    return counts
