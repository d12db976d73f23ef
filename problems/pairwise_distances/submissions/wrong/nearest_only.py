# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The minimum is one number for each point. Asked for is the whole matrix, one column for each centre."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    return jnp.linalg.norm(points[:, None, :] - centres[None, :, :], axis=-1).min(axis=1)
