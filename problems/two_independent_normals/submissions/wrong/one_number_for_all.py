# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Without a shape, normal draws a single number, and it moves all entries of the array together. Pass means_a.shape and means_b.shape."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    key_a, key_b = jax.random.split(key)
    return means_a + jax.random.normal(key_a), means_b + jax.random.normal(key_b)
