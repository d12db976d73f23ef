# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "jnp.where chooses between values that are both computed, so the program does the work of both orders. The shapes are known while it is traced: a Python if leaves only one order in it."
# ///
import jax.numpy as jnp


def matrix_chain(a, b, c):
    (m, k), (n, p) = a.shape, c.shape
    left_first = jnp.asarray(m * k * n + m * n * p < k * n * p + m * k * p)
    return jnp.where(left_first, (a @ b) @ c, a @ (b @ c))
