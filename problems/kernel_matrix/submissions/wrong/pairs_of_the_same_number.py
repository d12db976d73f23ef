# /// allclose
# verdict = "runtime_error"
# message = "One vmap over both takes xs[i] with ys[i], and there are not even as many of the one as of the other. All pairs need two maps, each over one of them."
# ///
import jax
import jax.numpy as jnp


def kernel(x, y, scales):
    return jnp.exp(-0.5 * jnp.sum(((x - y) / scales) ** 2))


def kernel_matrix(xs, ys, scales):
    return jax.vmap(kernel, in_axes=(0, 0, None))(xs, ys, scales)
