# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The sum of the absolute differences is the way along streets. The straight line is the square root of the sum of the squares."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    return jnp.sum(jnp.abs(points[:, None, :] - centres[None, :, :]), axis=-1)
