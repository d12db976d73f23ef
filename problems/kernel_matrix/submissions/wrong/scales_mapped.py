# /// allclose
# verdict = "runtime_error"
# message = "scales has an entry for each coordinate, not for each point, and is mapped over here as if it were a set of points. It belongs to every pair: None, in both maps."
# ///
import jax
import jax.numpy as jnp


def kernel(x, y, scales):
    return jnp.exp(-0.5 * jnp.sum(((x - y) / scales) ** 2))


def kernel_matrix(xs, ys, scales):
    with_every_y = jax.vmap(kernel, in_axes=(None, 0, None))
    return jax.vmap(with_every_y, in_axes=(0, None, 0))(xs, ys, scales)
