# /// allclose
# verdict = "runtime_error"
# message = "split returns an array of two keys, and normal takes a single one. Unpack them: key_a, key_b = jax.random.split(key)."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    keys = jax.random.split(key)
    a = means_a + jax.random.normal(keys, means_a.shape)
    b = means_b + jax.random.normal(keys, means_b.shape)
    return a, b
