# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The key was split, and then both draws use the same half of it. The second draw needs the other one."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    _, subkey = jax.random.split(key)
    a = means_a + jax.random.normal(subkey, means_a.shape)
    b = means_b + jax.random.normal(subkey, means_b.shape)
    return a, b
