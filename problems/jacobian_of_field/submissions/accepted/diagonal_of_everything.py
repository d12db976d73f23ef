import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    def winds(points):
        return jax.vmap(wind, in_axes=(0, None, None))(points, centres, strengths)

    # Right, and N times as large as it needs to be.
    n = jnp.arange(points.shape[0])
    return jax.jacrev(winds)(points)[n, :, n, :]
