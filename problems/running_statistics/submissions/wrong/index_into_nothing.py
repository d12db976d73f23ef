# /// allclose
# verdict = "runtime_error"
# message = "The body of fori_loop is traced even if it never runs, and an empty batch has no row to take by its index. scan over the rows has no such trouble; or return the state first when batch.shape[0] is 0."
# ///
from jax import lax


def running_statistics(state, batch):
    def add(i, state):
        count = state["count"] + 1
        before = batch[i] - state["mean"]
        mean = state["mean"] + before / count
        return {"count": count, "mean": mean, "m2": state["m2"] + before * (batch[i] - mean)}

    return lax.fori_loop(0, batch.shape[0], add, state)
