import jax
import jax.numpy as jnp
from jax import lax


def eliminate(matrix, sides):
    # Elimination written out, the largest entry of a column as pivot; then back substitution.
    size = matrix.shape[0]
    rows = jnp.arange(size)
    table = jnp.concatenate([matrix, sides.T], axis=1)

    def clear_below(column, table):
        pivot = jnp.argmax(jnp.where(rows >= column, jnp.abs(table[:, column]), -1.0))
        table = table.at[jnp.array([column, pivot])].set(table[jnp.array([pivot, column])])
        factors = jnp.where(rows > column, table[:, column] / table[column, column], 0.0)
        return table - factors[:, None] * table[column]

    table = lax.fori_loop(0, size, clear_below, table)

    def substitute(step, x):
        row = size - 1 - step
        return x.at[row].set((table[row, size:] - table[row, :size] @ x) / table[row, row])

    return lax.fori_loop(0, size, substitute, jnp.zeros_like(sides.T)).T


def solve_many(matrices, right_sides):
    return jax.vmap(eliminate)(matrices, right_sides)
