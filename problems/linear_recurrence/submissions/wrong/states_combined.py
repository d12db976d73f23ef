# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The operation keeps the later factor and forgets the earlier one. A map composed of two has the product of both factors: a2 * a1."
# ///
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        return later[0], later[0] * earlier[1] + later[1]

    slopes, offsets = lax.associative_scan(compose, (a, b))
    return slopes * start + offsets
