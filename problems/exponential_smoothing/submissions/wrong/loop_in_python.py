# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The for loop is written into the program time by time. jax.lax.scan keeps it a loop: the smoothed row is its carry."
# ///
import jax.numpy as jnp


def exponential_smoothing(x, alpha):
    rows = [x[0]]
    for time in range(1, x.shape[0]):
        rows.append(alpha * x[time] + (1.0 - alpha) * rows[-1])
    return jnp.stack(rows)
