# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The start is added to the first input without the first factor. The first step multiplies it: b[0] + a[0] * start."
# ///
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        return later[0] * earlier[0], later[0] * earlier[1] + later[1]

    return lax.associative_scan(compose, (a, b.at[0].add(start)))[1]
