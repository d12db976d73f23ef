# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Inside this map y is still the whole set, so that the sum runs over all its points too. Map over ys as well, inside."
# ///
import jax
import jax.numpy as jnp


def kernel(x, y, scales):
    return jnp.exp(-0.5 * jnp.sum(((x - y) / scales) ** 2))


def kernel_matrix(xs, ys, scales):
    return jax.vmap(kernel, in_axes=(0, None, None))(xs, ys, scales)
