# /// allclose
# verdict = "runtime_error"
# message = "vmap maps over all three arguments unless told otherwise, as if each point had a whirl of its own. The whirls are shared: in_axes=(0, None, None)."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    return jax.vmap(jax.jacfwd(wind))(points, centres, strengths)
