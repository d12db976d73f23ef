# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The old and the new mean are multiplied as in Welford's update, but before the first row the old mean is 0, and far from 0 the digits cancel."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    if batch.shape[0] == 0:
        return state
    count = state["count"] + batch.shape[0]
    before = batch - state["mean"]
    mean = state["mean"] + jnp.sum(before, axis=0) / count
    m2 = state["m2"] + jnp.sum(before * (batch - mean), axis=0)
    return {"count": count, "mean": mean, "m2": m2}
