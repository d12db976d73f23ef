import jax.numpy as jnp


def layer_norm(x, scale, shift):
    mean = x.mean(axis=-1)
    variance = x.var(axis=-1)
    return (x - mean) / jnp.sqrt(variance + 1e-5) * scale + shift
