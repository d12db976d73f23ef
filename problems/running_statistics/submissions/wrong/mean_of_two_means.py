# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The two means count alike here, whatever they stand for. Weigh them by their numbers of rows: the mean moves by the share B / (count + B) of the difference."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    if rows == 0:
        return state
    count, total = state["count"], state["count"] + rows
    mean = jnp.mean(batch, axis=0)
    delta = mean - state["mean"]
    m2 = state["m2"] + jnp.sum((batch - mean) ** 2, axis=0) + delta**2 * count * (rows / total)
    return {"count": total, "mean": (state["mean"] + mean) / 2, "m2": m2}
