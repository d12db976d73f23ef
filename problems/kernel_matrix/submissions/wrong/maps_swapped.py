# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The outer map makes the first axis, and here it goes through ys. Map over ys inside and over xs outside."
# ///
import jax
import jax.numpy as jnp


def kernel(x, y, scales):
    return jnp.exp(-0.5 * jnp.sum(((x - y) / scales) ** 2))


def kernel_matrix(xs, ys, scales):
    with_every_x = jax.vmap(kernel, in_axes=(0, None, None))
    return jax.vmap(with_every_x, in_axes=(None, 0, None))(xs, ys, scales)
