# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The solutions stand in columns, shape (B, D, K), as solve returned them. Exchange the last two axes once more."
# ///
import jax.numpy as jnp


def solve_many(matrices, right_sides):
    return jnp.linalg.solve(matrices, right_sides.mT)
