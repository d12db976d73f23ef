# /// allclose
# verdict = "runtime_error"
# message = "solve takes the last two axes of right_sides for a matrix whose columns are right-hand sides, and here they are its rows. Transpose them before and after, or hand out single vectors with vmap."
# ///
import jax.numpy as jnp


def solve_many(matrices, right_sides):
    return jnp.linalg.solve(matrices, right_sides)
