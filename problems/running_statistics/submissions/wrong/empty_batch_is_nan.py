# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "An empty batch has no mean: 0 rows are divided by 0. Return the state as it is when batch.shape[0] is 0; shapes are known while tracing."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    count, total = state["count"], state["count"] + rows
    mean = jnp.mean(batch, axis=0)
    delta = mean - state["mean"]
    share = rows / total
    m2 = state["m2"] + jnp.sum((batch - mean) ** 2, axis=0) + delta**2 * count * share
    return {"count": total, "mean": state["mean"] + delta * share, "m2": m2}
