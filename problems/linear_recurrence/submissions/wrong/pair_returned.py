# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "These are the composed maps, slopes and offsets. Apply them to start to get the states."
# ///
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        return later[0] * earlier[0], later[0] * earlier[1] + later[1]

    return lax.associative_scan(compose, (a, b))
