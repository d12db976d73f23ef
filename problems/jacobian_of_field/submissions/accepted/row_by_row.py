import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    def component(i):
        return jax.vmap(jax.grad(lambda point: wind(point, centres, strengths)[i]))

    # One gradient for each component, stacked as rows.
    return jnp.stack([component(i)(points) for i in range(2)], axis=1)
