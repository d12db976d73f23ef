# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The state came as a dict and went away as a tuple, so it cannot be handed in again. Return the same keys: count, mean, m2."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    if rows == 0:
        return state["count"], state["mean"], state["m2"]
    total = state["count"] + rows
    mean = jnp.mean(batch, axis=0)
    delta = mean - state["mean"]
    share = rows / total
    m2 = state["m2"] + jnp.sum((batch - mean) ** 2, axis=0) + delta**2 * state["count"] * share
    return total, state["mean"] + delta * share, m2
