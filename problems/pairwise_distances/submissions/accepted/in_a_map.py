import jax
import jax.numpy as jnp


def pairwise_distances(points, centres):
    def distances(point):
        difference = centres - point
        return jnp.sqrt(jnp.einsum("md,md->m", difference, difference, precision="highest"))

    return jax.lax.map(distances, points)
