# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The sum of squares and count times the squared mean agree in most of their digits when the mean is large, and the difference is what is left of rounding. Use deviations: m2 + batch's own + delta**2 * count * B / (count + B)."
# ///
import jax.numpy as jnp


def running_statistics(state, batch):
    count, rows = state["count"], batch.shape[0]
    total = jnp.maximum(count + rows, 1)
    mean = (count * state["mean"] + jnp.sum(batch, axis=0)) / total
    squares = state["m2"] + count * state["mean"] ** 2 + jnp.sum(batch**2, axis=0)
    return {"count": count + rows, "mean": jnp.where(rows == 0, state["mean"], mean), "m2": squares - total * mean**2}
