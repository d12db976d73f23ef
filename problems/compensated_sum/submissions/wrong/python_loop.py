# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The arithmetic is right, and the loop is written out entry by entry while the program is traced. Make its body the step of lax.scan, with the pair (total, lost) as carry."
# ///
import jax.numpy as jnp


def compensated_sum(x):
    total = lost = jnp.zeros((), x.dtype)
    for i in range(x.shape[0]):
        new = total + x[i]
        added = new - total
        lost = lost + (total - (new - added)) + (x[i] - added)
        total = new
    return total + lost
