# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "These are the best weights without an intercept; adding one afterwards does not make them the best with it. Centre x and y before solving for w."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    w = jnp.linalg.solve(x.T @ x + strength * jnp.eye(x.shape[1]), x.T @ y)
    return w, jnp.mean(y - x @ w)
