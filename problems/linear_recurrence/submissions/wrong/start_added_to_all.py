# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The start is added to every state as it is. By step t it has been multiplied by all factors up to a_t: slopes * start."
# ///
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        return later[0] * earlier[0], later[0] * earlier[1] + later[1]

    return start + lax.associative_scan(compose, (a, b))[1]
