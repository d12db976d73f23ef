# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "y[:, None] makes a column of the targets, and the weights and the intercept keep its second axis. Leave y a vector."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    y = y[:, None]
    mean_x, mean_y = x.mean(axis=0), y.mean(axis=0)
    centred = x - mean_x
    w = jnp.linalg.solve(centred.T @ centred + strength * jnp.eye(x.shape[1]), centred.T @ (y - mean_y))
    return w, mean_y - mean_x @ w
