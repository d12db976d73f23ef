import jax.numpy as jnp


def running_statistics(state, batch):
    rows = batch.shape[0]
    if rows == 0:
        return state
    total = state["count"] + rows
    mean = jnp.mean(batch, axis=0)
    m2 = jnp.sum((batch - mean) ** 2, axis=0)
    share = rows / total
    delta = mean - state["mean"]
    return {
        "count": total,
        "mean": state["mean"] + share * delta,
        "m2": state["m2"] + m2 + share * state["count"] * delta**2,
    }
