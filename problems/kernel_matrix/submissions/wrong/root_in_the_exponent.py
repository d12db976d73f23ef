# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The exponent has the distance itself in it, which is the Laplace kernel's. Here it is the square of the distance."
# ///
import jax
import jax.numpy as jnp


def kernel(x, y, scales):
    return jnp.exp(-0.5 * jnp.linalg.norm((x - y) / scales))


def kernel_matrix(xs, ys, scales):
    with_every_y = jax.vmap(kernel, in_axes=(None, 0, None))
    return jax.vmap(with_every_y, in_axes=(0, None, None))(xs, ys, scales)
