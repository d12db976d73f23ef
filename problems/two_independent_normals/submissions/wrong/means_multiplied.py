# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "A factor stretches the noise and leaves its mean at 0. To move it to the mean, add."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    key_a, key_b = jax.random.split(key)
    return means_a * jax.random.normal(key_a, means_a.shape), means_b * jax.random.normal(key_b, means_b.shape)
