# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "This is the Jacobian of the whole batch, with an entry for each pair of points. Differentiate the wind at one point, and put vmap around that."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    return jax.jacfwd(jax.vmap(wind, in_axes=(0, None, None)))(points, centres, strengths)
