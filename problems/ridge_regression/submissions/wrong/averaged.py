# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Dividing by N averages the squared errors, and the penalty then weighs N times as much. The loss is their sum."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    centred = x - mean_x
    matrix = centred.T @ centred / len(y) + strength * jnp.eye(x.shape[1])
    w = jnp.linalg.solve(matrix, centred.T @ (y - mean_y) / len(y))
    return w, mean_y - mean_x @ w
