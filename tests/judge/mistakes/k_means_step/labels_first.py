import jax
import jax.numpy as jnp


def k_means_step(points, centres):
    distance = ((points[:, None] - centres[None]) ** 2).sum(-1)
    member = jax.nn.one_hot(distance.argmin(1), centres.shape[0])
    count = member.sum(0)
    means = member.T @ points / jnp.maximum(count, 1)[:, None]
    return distance.argmin(1), jnp.where(count[:, None] > 0, means, centres)
