# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A difference over a small step keeps three digits in float32 at best. jacfwd differentiates without a step."
# ///
import jax
import jax.numpy as jnp


def wind(point, centres, strengths):
    dx, dy = (point[:2] - centres).T
    turning = strengths / (1 + dx**2 + dy**2)
    return jnp.log1p(point[2]) * jnp.array([jnp.sum(-turning * dy), jnp.sum(turning * dx)])


def jacobian_of_field(points, centres, strengths):
    h = 1e-3

    def at(point):
        def moved(direction):
            ahead = wind(point + h * direction, centres, strengths)
            return (ahead - wind(point - h * direction, centres, strengths)) / (2 * h)

        return jax.vmap(moved, out_axes=1)(jnp.eye(3))

    return jax.vmap(at)(points)
