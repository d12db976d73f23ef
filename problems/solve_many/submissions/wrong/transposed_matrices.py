# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This solves x A = b, that is A.T x = b. Rows of right-hand sides become columns by a transpose of right_sides; the matrices stay as they are."
# ///
import jax
import jax.numpy as jnp


def solve_many(matrices, right_sides):
    for_one_matrix = jax.vmap(jnp.linalg.solve, in_axes=(None, 0))
    return jax.vmap(for_one_matrix)(matrices.mT, right_sides)
