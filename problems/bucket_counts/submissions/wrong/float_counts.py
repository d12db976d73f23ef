# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "jax.nn.one_hot makes float32, and so the counts become float32, which cannot hold every whole number above 2**24. Give it dtype=jnp.int32."
# ///
import jax


def bucket_counts(counts, labels):
    return counts + jax.nn.one_hot(labels, counts.shape[0]).sum(axis=0)
