import jax
import jax.numpy as jnp


def pairwise_distances(points, centres):
    return jax.vmap(lambda point: jnp.linalg.norm(point - centres, axis=-1))(points)
