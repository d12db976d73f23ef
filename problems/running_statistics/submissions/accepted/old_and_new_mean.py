import jax.numpy as jnp


def running_statistics(state, batch):
    # Seen from the old mean, numbers are small; dividing by at least 1 makes an empty batch harmless.
    total = state["count"] + batch.shape[0]
    before = batch - state["mean"]
    mean = state["mean"] + before.sum(axis=0) / jnp.maximum(total, 1)
    m2 = state["m2"] + jnp.sum(before * (batch - mean), axis=0)
    return dict(count=total, mean=mean, m2=m2)
