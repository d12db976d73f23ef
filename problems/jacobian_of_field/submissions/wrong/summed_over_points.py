# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The winds were added up first, so the axis of the points stands between component and coordinate. Put vmap around jacfwd, and the points come first."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    def total(points):
        return jax.vmap(wind, in_axes=(0, None, None))(points, centres, strengths).sum(axis=0)

    return jax.jacrev(total)(points)
