# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The square is divided by the scale once. Divide the difference by the scale and square then, so that the scale is squared too."
# ///
import jax
import jax.numpy as jnp


def kernel(x, y, scales):
    return jnp.exp(-0.5 * jnp.sum((x - y) ** 2 / scales))


def kernel_matrix(xs, ys, scales):
    with_every_y = jax.vmap(kernel, in_axes=(None, 0, None))
    return jax.vmap(with_every_y, in_axes=(0, None, None))(xs, ys, scales)
