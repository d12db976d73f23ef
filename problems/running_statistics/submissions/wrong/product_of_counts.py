# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "count * rows is a product of two int32, and a long stream takes it beyond 2**31 - 1, where it wraps around. Divide first: rows / total is a float."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    if rows == 0:
        return state
    count, total = state["count"], state["count"] + rows
    mean = jnp.mean(batch, axis=0)
    delta = mean - state["mean"]
    m2 = state["m2"] + jnp.sum((batch - mean) ** 2, axis=0) + delta**2 * (count * rows / total)
    return {"count": total, "mean": state["mean"] + delta * (rows / total), "m2": m2}
