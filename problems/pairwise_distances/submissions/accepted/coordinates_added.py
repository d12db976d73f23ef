import jax.numpy as jnp


def pairwise_distances(points, centres):
    # One matrix of differences for each coordinate; there are few of them.
    total = 0.0
    for x, c in zip(points.T, centres.T):
        total = total + jnp.subtract.outer(x, c) ** 2
    return jnp.sqrt(total)
