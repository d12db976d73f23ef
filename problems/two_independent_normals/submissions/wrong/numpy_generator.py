# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "NumPy draws while the function is traced, and its numbers become constants of the program: every key gets the same ones. Draw with jax.random, from the key."
# ///
import numpy as np


def two_independent_normals(key, means_a, means_b):
    rng = np.random.default_rng(0)
    a = means_a + rng.normal(size=means_a.shape).astype(np.float32)
    b = means_b + rng.normal(size=means_b.shape).astype(np.float32)
    return a, b
