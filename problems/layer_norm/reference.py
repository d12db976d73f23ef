import jax.numpy as jnp

EPSILON = 1e-5


def layer_norm(x, gain, bias):
    deviation = x - jnp.mean(x, axis=-1, keepdims=True)
    variance = jnp.mean(deviation**2, axis=-1, keepdims=True)
    return gain * deviation / jnp.sqrt(variance + EPSILON) + bias
