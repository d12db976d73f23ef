# /// allclose
# verdict = "runtime_error"
# message = "The wind has two components, and grad differentiates functions that return one number. jax.jacfwd and jax.jacrev differentiate vectors."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    return jax.vmap(jax.grad(wind), in_axes=(0, None, None))(points, centres, strengths)
