# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "Weights and intercept come back in one array of D + 1 numbers. Cut it: return solution[:-1], solution[-1]."
# ///
import jax.numpy as jnp


def ridge_regression(x, y, strength):
    extended = jnp.column_stack([x, jnp.ones(x.shape[0])])
    penalty = strength * jnp.diag(jnp.append(jnp.ones(x.shape[1]), 0.0))
    return jnp.linalg.solve(extended.T @ extended + penalty, extended.T @ y)
