import jax
import jax.numpy as jnp


def jacobian_of_field(points, centres, strengths):
    def winds(points):
        d = points[:, None, :2] - centres
        turning = strengths / (1 + jnp.sum(d * d, axis=2))
        across = jnp.stack([-d[..., 1], d[..., 0]], axis=-1)
        return jnp.log(1 + points[:, 2:]) * jnp.einsum("nk,nkc->nc", turning, across)

    def moved(direction):
        # All points move the same way at once: each wind depends on its own point alone.
        return jax.jvp(winds, (points,), (jnp.broadcast_to(direction, points.shape),))[1]

    return jax.vmap(moved, out_axes=2)(jnp.eye(3))
