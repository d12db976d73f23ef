# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jnp.var is the mean of the squares, and m2 holds their sum. Multiply by the number of rows in the batch."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    if rows == 0:
        return state
    count, total = state["count"], state["count"] + rows
    delta = jnp.mean(batch, axis=0) - state["mean"]
    share = rows / total
    m2 = state["m2"] + jnp.var(batch, axis=0) + delta**2 * count * share
    return {"count": total, "mean": state["mean"] + delta * share, "m2": m2}
