import jax
import jax.numpy as jnp


def k_means_step(points, centres):
    distance = ((points[:, None] - centres[None]) ** 2).sum(-1)
    member = jax.nn.one_hot(distance.argmin(1), centres.shape[0])
    count = member.sum(0)
    means = member.T @ points / count[:, None]
    return means, distance.argmin(1)
