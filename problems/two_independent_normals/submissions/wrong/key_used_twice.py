# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Both draws use the same key, so a and b have the same noise in their first entries. Split the key and give each draw its own: key_a, key_b = jax.random.split(key)."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    a = means_a + jax.random.normal(key, means_a.shape)
    b = means_b + jax.random.normal(key, means_b.shape)
    return a, b
