from jax import lax


def running_statistics(state, batch):
    # Welford's update, one row after the other. An empty batch is a loop without turns.
    def add(state, row):
        count = state["count"] + 1
        before = row - state["mean"]
        mean = state["mean"] + before / count
        return {"count": count, "mean": mean, "m2": state["m2"] + before * (row - mean)}, None

    return lax.scan(add, state, batch)[0]
