import jax
import jax.numpy as jnp


def kernel_matrix(xs, ys, scales):
    def kernel(x, y):
        return jnp.exp(-0.5 * jnp.sum(((x - y) / scales) ** 2))

    # The maps the other way round, with the axis of each x put second.
    return jax.vmap(lambda y: jax.vmap(lambda x: kernel(x, y))(xs), out_axes=1)(ys)
