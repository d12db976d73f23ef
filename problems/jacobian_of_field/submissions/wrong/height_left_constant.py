# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The last column is zero: the height was taken out of what is differentiated. The factor log(1 + z) changes with z as well."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    def at(point):
        height = point[2]
        return jax.jacfwd(lambda p: wind(p.at[2].set(height), centres, strengths))(point)

    return jax.vmap(at)(points)
