import jax.numpy as jnp


def compare(inputs, expected, got):
    return jnp.abs(jnp.sort(expected) - jnp.sort(got)).astype(jnp.float32), 0.0
