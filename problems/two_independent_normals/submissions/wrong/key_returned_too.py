# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "Handing on a fresh key is a good habit where somebody waits for it. Here the result is the tuple (a, b) and nothing else."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    key, key_a, key_b = jax.random.split(key, 3)
    a = means_a + jax.random.normal(key_a, means_a.shape)
    b = means_b + jax.random.normal(key_b, means_b.shape)
    return a, b, key
