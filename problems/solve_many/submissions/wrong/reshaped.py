# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "reshape reads the numbers in their old order and cuts them into other rows. Rows become columns by a transpose: swapaxes(1, 2) or .mT, both before and after."
# ///
import jax.numpy as jnp


def solve_many(matrices, right_sides):
    count, sides, size = right_sides.shape
    return jnp.linalg.solve(matrices, right_sides.reshape(count, size, sides)).reshape(right_sides.shape)
