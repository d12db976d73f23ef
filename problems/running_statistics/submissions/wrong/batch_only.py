# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "These are the statistics of the batch; what the state remembers of the rows before is lost."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    mean = jnp.sum(batch, axis=0) / max(rows, 1)
    return {"count": state["count"] + rows, "mean": mean, "m2": jnp.sum((batch - mean) ** 2, axis=0)}
