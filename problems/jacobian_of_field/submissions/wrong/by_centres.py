# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "argnums=1 differentiates with respect to the centres. The field changes with the point, argument 0."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    return jax.vmap(jax.jacfwd(wind, argnums=1), in_axes=(0, None, None))(points, centres, strengths)
