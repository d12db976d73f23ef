import jax.numpy as jnp
from jax import lax


def leading_eigenvector(matrix):
    # Moved to the right by twice a bound on all of them, the eigenvalues are positive, and the largest stands out.
    matrix = matrix + 2 * jnp.linalg.norm(matrix) * jnp.eye(matrix.shape[0])

    def square(_, power):
        power = power / jnp.max(jnp.abs(power))
        return power @ power

    # The power 2 ** 24 of the matrix holds nothing but the leading axis. Its longest column is surely not zero.
    power = lax.fori_loop(0, 24, square, matrix)
    lengths = jnp.linalg.norm(power, axis=0)
    column = power[:, jnp.argmax(lengths)]
    return column / jnp.linalg.norm(column)
