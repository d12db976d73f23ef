# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The mean of y is the intercept for centred features. For the features as they are, subtract mean_x @ w from it."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    centred = x - x.mean(axis=0)
    w = jnp.linalg.solve(centred.T @ centred + strength * jnp.eye(x.shape[1]), centred.T @ (y - y.mean()))
    return w, y.mean()
