import jax.numpy as jnp


def kernel_matrix(xs, ys, scales):
    xs, ys = xs / scales, ys / scales
    squares = jnp.sum(xs**2, axis=1)[:, None] + jnp.sum(ys**2, axis=1) - 2 * jnp.dot(xs, ys.T, precision="highest")
    return jnp.exp(-0.5 * squares)
