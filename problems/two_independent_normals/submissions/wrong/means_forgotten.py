# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "This is noise around 0. Add the means to it."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    key_a, key_b = jax.random.split(key)
    return jax.random.normal(key_a, means_a.shape), jax.random.normal(key_b, means_b.shape)
