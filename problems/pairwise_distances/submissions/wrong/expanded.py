# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The square of the distance is a small difference of large numbers here, and rounding can make it negative. Subtract the points first, then square: points[:, None, :] - centres[None, :, :]."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    squares = jnp.sum(points**2, axis=1)[:, None] + jnp.sum(centres**2, axis=1) - 2 * points @ centres.T
    return jnp.sqrt(squares)
