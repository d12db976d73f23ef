# /// allclose
# verdict = "not_traceable"
# message = "The count has no value while the function is traced, so an if cannot ask for it. The formula is right for a count of 0 as it stands; only shapes, such as batch.shape[0], may be asked for."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    mean = jnp.mean(batch, axis=0)
    within = jnp.sum((batch - mean) ** 2, axis=0)
    if state["count"] == 0:
        return {"count": state["count"] + rows, "mean": mean, "m2": within}
    total = state["count"] + rows
    delta = mean - state["mean"]
    share = rows / total
    m2 = state["m2"] + within + delta**2 * state["count"] * share
    return {"count": total, "mean": state["mean"] + delta * share, "m2": m2}
