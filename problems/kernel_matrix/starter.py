import jax
import jax.numpy as jnp


def kernel(x, y, scales):
    # Two vectors and the scales in, one number out.
    return jnp.ones(())


def kernel_matrix(xs, ys, scales):
    return jax.vmap(kernel, in_axes=(0, None, None))(xs, ys[0], scales)
