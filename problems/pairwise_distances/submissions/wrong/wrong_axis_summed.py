# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "axis=1 is the axis of the centres. The coordinates stand on the last axis: axis=-1."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    return jnp.sqrt(jnp.sum((points[:, None, :] - centres[None, :, :]) ** 2, axis=1))
