# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The maximum with 0 hides negative squares, not the rounding error that makes them: the digits of a small distance are lost. Subtract the points first, then square."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    squares = jnp.sum(points**2, axis=1)[:, None] + jnp.sum(centres**2, axis=1) - 2 * points @ centres.T
    return jnp.sqrt(jnp.maximum(squares, 0.0))
