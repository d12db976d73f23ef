# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Least squares squares what the added rows hold, so strength comes out squared. The rows are jnp.sqrt(strength) * jnp.eye(D)."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    rows = jnp.concatenate([x - mean_x, strength * jnp.eye(x.shape[1])])
    w, *_ = jnp.linalg.lstsq(rows, jnp.concatenate([y - mean_y, jnp.zeros(x.shape[1])]))
    return w, mean_y - mean_x @ w
