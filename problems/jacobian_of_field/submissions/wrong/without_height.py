# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The derivatives with respect to the height are missing. A point has three coordinates: differentiate with respect to the whole point."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    def at(point):
        return jax.jacfwd(lambda plane: wind(jnp.append(plane, point[2]), centres, strengths))(point[:2])

    return jax.vmap(at)(points)
