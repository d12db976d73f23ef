import jax
import jax.numpy as jnp
from jax import lax


def smooth(series, alpha):
    def step(smoothed, value):
        smoothed = (1.0 - alpha) * smoothed + alpha * value
        return smoothed, smoothed

    _, rest = lax.scan(step, series[0], series[1:])
    return jnp.concatenate([series[:1], rest])


def exponential_smoothing(x, alpha):
    return jax.vmap(smooth, in_axes=(1, None), out_axes=1)(x, alpha)
