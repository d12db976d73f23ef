import jax
from jax.scipy.linalg import lu_factor, lu_solve


def solve_many(matrices, right_sides):
    def for_one_matrix(matrix, sides):
        factors = lu_factor(matrix)
        return jax.vmap(lambda side: lu_solve(factors, side))(sides)

    return jax.vmap(for_one_matrix)(matrices, right_sides)
