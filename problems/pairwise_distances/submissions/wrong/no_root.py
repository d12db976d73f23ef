# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "These are the squares of the distances. Take the square root of the sum."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    return jnp.sum((points[:, None, :] - centres[None, :, :]) ** 2, axis=-1)
