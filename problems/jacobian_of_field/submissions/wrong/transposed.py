# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Each derivative along a coordinate is a column of the Jacobian, and here they are stacked as rows. Stack them along the last axis, or let jacfwd do it."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    def at(point):
        return jax.vmap(lambda direction: jax.jvp(lambda p: wind(p, centres, strengths), (point,), (direction,))[1])(jnp.eye(3))

    return jax.vmap(at)(points)
