import jax
import jax.numpy as jnp


def k_means_step(points, centres):
    distance = ((points - centres) ** 2).sum(-1)
    member = jax.nn.one_hot(distance.argmin(1), centres.shape[0])
    count = member.sum(0)
    means = member.T @ points / jnp.maximum(count, 1)[:, None]
    return jnp.where(count[:, None] > 0, means, centres), distance.argmin(1)
