# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The keys differ only where the lengths do: two arrays of one length get the same noise. Split the key, or fold in a number that says which array it is."
# ///
import jax


def two_independent_normals(key, means_a, means_b):
    def draw(means):
        return means + jax.random.normal(jax.random.fold_in(key, means.size), means.shape)

    return draw(means_a), draw(means_b)
