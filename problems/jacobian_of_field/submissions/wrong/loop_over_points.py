# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The comprehension runs while the program is traced and writes one more evaluation down for each point. Let vmap map over the points."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    jacobian = jax.jit(jax.jacfwd(wind))
    return jnp.stack([jacobian(point, centres, strengths) for point in points])
