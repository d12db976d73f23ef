import jax
import jax.numpy as jnp


def normalise(vector, gain, bias):
    return gain * (vector - vector.mean()) / jnp.sqrt(vector.var() + 1e-5) + bias


def layer_norm(x, gain, bias):
    over_positions = jax.vmap(normalise, in_axes=(0, None, None))
    return jax.vmap(over_positions, in_axes=(0, None, None))(x, gain, bias)
