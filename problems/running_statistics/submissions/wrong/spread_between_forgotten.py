# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The spreads within the old rows and within the batch are added; what is missing is that the two have different means. It adds delta**2 * count * B / (count + B)."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    if rows == 0:
        return state
    total = state["count"] + rows
    mean = jnp.mean(batch, axis=0)
    new_mean = state["mean"] + (mean - state["mean"]) * (rows / total)
    return {"count": total, "mean": new_mean, "m2": state["m2"] + jnp.sum((batch - mean) ** 2, axis=0)}
