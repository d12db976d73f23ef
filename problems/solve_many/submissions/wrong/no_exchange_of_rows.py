# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Elimination divides by what stands on the diagonal, and that may be 0 in a matrix that is invertible. Exchange rows so that the largest entry is the pivot, or leave it to jnp.linalg.solve."
# ///
import jax
import jax.numpy as jnp


def eliminate(matrix, side):
    size = matrix.shape[0]
    table = jnp.concatenate([matrix, side[:, None]], axis=1)
    for column in range(size):
        pivot_row = table[column] / table[column, column]
        table = table - table[:, column, None] * pivot_row
        table = table.at[column].set(pivot_row)
    return table[:, size]


def solve_many(matrices, right_sides):
    return jax.vmap(jax.vmap(eliminate, in_axes=(None, 0)))(matrices, right_sides)
