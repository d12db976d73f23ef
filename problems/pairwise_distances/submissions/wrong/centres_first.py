# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Here each row belongs to a centre. Points come first: points[:, None, :] - centres[None, :, :]."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    return jnp.linalg.norm(centres[:, None, :] - points[None, :, :], axis=-1)
