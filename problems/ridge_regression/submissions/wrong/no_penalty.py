# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is least squares without the penalty: strength is never used. It adds strength to the diagonal of x.T @ x."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    w, *_ = jnp.linalg.lstsq(x - mean_x, y - mean_y)
    return w, mean_y - mean_x @ w
