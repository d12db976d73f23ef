import jax.numpy as jnp


def equivalent_two_ways(w, x_batch):
    # The derivative of (w * x) ** 2 by hand, and the one of w**2 * sum(x**2).
    way_a = jnp.sum(2.0 * w * x_batch**2)
    way_b = 2.0 * w * jnp.vdot(x_batch, x_batch)
    return jnp.stack([way_a, way_b])
