import jax
import jax.numpy as jnp


def k_means_step(points, centres):
    nearest = jnp.linalg.norm(points[:, None] - centres, axis=-1).argmin(1)
    total = jax.ops.segment_sum(points, nearest, centres.shape[0])
    count = jax.ops.segment_sum(jnp.ones(len(points)), nearest, centres.shape[0])[:, None]
    return jnp.where(count > 0, total / jnp.where(count > 0, count, 1), centres), nearest
