# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This counts batches. The mean is one of rows, so each batch counts as many as it has."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    count, total = state["count"], state["count"] + 1
    if batch.shape[0] == 0:
        return state
    mean = jnp.mean(batch, axis=0)
    delta = mean - state["mean"]
    m2 = state["m2"] + jnp.sum((batch - mean) ** 2, axis=0) + delta**2 * count / total
    return {"count": total, "mean": state["mean"] + delta / total, "m2": m2}
