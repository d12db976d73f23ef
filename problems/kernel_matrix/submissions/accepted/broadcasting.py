import jax.numpy as jnp


def kernel_matrix(xs, ys, scales):
    differences = (xs[:, None, :] - ys[None, :, :]) / scales
    return jnp.exp(-jnp.sum(differences**2, axis=-1) / 2)
