import jax.numpy as jnp


def ridge_regression(x, y, strength):
    mean_x, mean_y = jnp.mean(x, axis=0), jnp.mean(y)
    u, s, vt = jnp.linalg.svd(x - mean_x, full_matrices=False)
    w = vt.T @ (s / (s**2 + strength) * (u.T @ (y - mean_y)))
    return w, mean_y - jnp.dot(mean_x, w)
