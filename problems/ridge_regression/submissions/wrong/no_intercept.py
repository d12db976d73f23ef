# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The intercept is always 0 here. Centre x and y, solve for the weights, and put the means back: b = mean_y - mean_x @ w."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    w = jnp.linalg.solve(x.T @ x + strength * jnp.eye(x.shape[1]), x.T @ y)
    return w, jnp.zeros(())
