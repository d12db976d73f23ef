# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "The count became a float32, which is exact only up to 2**24. Keep it an int32: add batch.shape[0]."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = jnp.float32(batch.shape[0])
    if batch.shape[0] == 0:
        return {**state, "count": state["count"] + rows}
    total = state["count"] + rows
    mean = jnp.mean(batch, axis=0)
    delta = mean - state["mean"]
    share = rows / total
    m2 = state["m2"] + jnp.sum((batch - mean) ** 2, axis=0) + delta**2 * state["count"] * share
    return {"count": total, "mean": state["mean"] + delta * share, "m2": m2}
