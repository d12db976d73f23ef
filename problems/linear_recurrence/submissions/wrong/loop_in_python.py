# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The for loop writes the steps into the program one by one, and each waits for the last. Compose them with jax.lax.associative_scan."
# ///
import jax.numpy as jnp


def linear_recurrence(a, b, start):
    states = []
    for step in range(a.shape[0]):
        start = a[step] * start + b[step]
        states.append(start)
    return jnp.stack(states)
