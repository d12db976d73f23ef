import jax.numpy as jnp


def layer_norm(x, scale, shift):
    mean = x.mean(axis=0, keepdims=True)
    variance = x.var(axis=0, keepdims=True)
    return (x - mean) / jnp.sqrt(variance + 1e-5) * scale + shift
