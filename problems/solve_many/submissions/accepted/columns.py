import jax.numpy as jnp


def solve_many(matrices, right_sides):
    # The library's own batching, which wants right-hand sides as columns.
    return jnp.linalg.solve(matrices, right_sides.mT).mT
