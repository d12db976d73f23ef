# /// allclose
# verdict = "runtime_error"
# message = "points and centres have different numbers of rows and cannot be subtracted as they are. New axes make a pair of each with each: points[:, None, :] - centres[None, :, :]."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    return jnp.linalg.norm(points - centres, axis=-1)
