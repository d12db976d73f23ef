# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The key of b is a constant, and so b is one, whatever key is given. Get both keys from it: jax.random.split(key)."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    a = means_a + jax.random.normal(key, means_a.shape)
    b = means_b + jax.random.normal(jax.random.key(1), means_b.shape)
    return a, b
