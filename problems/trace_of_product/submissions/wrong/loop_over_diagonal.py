# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "The work is right, but turns of a loop cannot be counted, and one row after the other is slow as well. vmap of the same dot product over rows and columns is the answer, or a * b.T summed."
# ///
import jax.numpy as jnp
from jax import lax


def trace_of_product(a, b):
    def add(i, total):
        return total + jnp.dot(a[i], b[:, i])

    return lax.fori_loop(0, a.shape[0], add, jnp.zeros((), a.dtype))
