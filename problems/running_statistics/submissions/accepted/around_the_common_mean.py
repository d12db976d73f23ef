import jax.numpy as jnp


def running_statistics(state, batch):
    count, rows = state["count"], batch.shape[0]
    total = jnp.maximum(count + rows, 1)
    mean = (count * state["mean"] + batch.sum(axis=0)) / total
    # Every part moves to the common mean: n times the square of the way.
    old = state["m2"] + count * (state["mean"] - mean) ** 2
    new = jnp.sum((batch - mean) ** 2, axis=0)
    return {"count": count + rows, "mean": jnp.where(rows == 0, state["mean"], mean), "m2": old + new}
