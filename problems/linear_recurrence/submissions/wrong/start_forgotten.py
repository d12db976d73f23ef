# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The offsets are the states of a recurrence that begins with 0. Apply the composed maps to start: slopes * start + offsets."
# ///
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        return later[0] * earlier[0], later[0] * earlier[1] + later[1]

    return lax.associative_scan(compose, (a, b))[1]
