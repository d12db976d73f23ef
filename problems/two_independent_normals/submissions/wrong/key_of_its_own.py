# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "jax.random.key(0) inside the function is the same key at every call, so the result never changes. Split the key that is given."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    key_a, key_b = jax.random.split(jax.random.key(0))
    a = means_a + jax.random.normal(key_a, means_a.shape)
    b = means_b + jax.random.normal(key_b, means_b.shape)
    return a, b
