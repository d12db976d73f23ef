# /// allclose
# verdict = "rule_broken"
# reason = "forbidden_operation"
# message = "The scan is right and takes one step after the other, each waiting for the last. Compose the steps with jax.lax.associative_scan instead."
# ///
from jax import lax


def linear_recurrence(a, b, start):
    def step(state, row):
        state = row[0] * state + row[1]
        return state, state

    return lax.scan(step, start, (a, b))[1]
