import jax.numpy as jnp


def pairwise_distances(points, centres):
    differences = points[:, None, :] - centres[None, :, :]
    return jnp.sqrt(jnp.sum(differences**2, axis=-1))
