# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "jax.random.uniform draws from between 0 and 1. Asked for is the normal distribution, whose mean is 0 and whose standard deviation is 1: jax.random.normal."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    key_a, key_b = jax.random.split(key)
    return means_a + jax.random.uniform(key_a, means_a.shape), means_b + jax.random.uniform(key_b, means_b.shape)
