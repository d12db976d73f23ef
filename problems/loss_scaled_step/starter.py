import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    # A step in full precision: no conversion, no scale.
    gradient = jax.grad(loss)(params, x, y)
    return jax.tree.map(lambda p, g: p - rate * g, params, gradient), scale
