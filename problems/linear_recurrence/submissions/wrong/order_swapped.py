# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The steps are composed in the wrong order: here the earlier factor multiplies the later input. The earlier step comes first, so it is a2 * b1 + b2."
# ///
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        a1, b1 = earlier
        a2, b2 = later
        return a1 * a2, a1 * b2 + b1

    slopes, offsets = lax.associative_scan(compose, (a, b))
    return slopes * start + offsets
