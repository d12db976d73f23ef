# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The column of ones pays the penalty too, so the intercept is drawn towards 0. Give its diagonal entry the penalty 0, or centre x and y instead."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    extended = jnp.column_stack([x, jnp.ones(x.shape[0])])
    matrix = extended.T @ extended + strength * jnp.eye(extended.shape[1])
    solution = jnp.linalg.solve(matrix, extended.T @ y)
    return solution[:-1], solution[-1]
