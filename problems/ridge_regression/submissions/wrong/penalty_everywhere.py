# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Adding strength to the whole matrix couples every weight with every other. The penalty is a sum of squares, and belongs on the diagonal: strength * jnp.eye(D)."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    centred = x - mean_x
    w = jnp.linalg.solve(centred.T @ centred + strength, centred.T @ (y - mean_y))
    return w, mean_y - mean_x @ w
