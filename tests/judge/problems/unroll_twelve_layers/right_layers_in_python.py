import jax.numpy as jnp


def unroll_twelve_layers(x):
    w = jnp.eye(4) * 0.9 + 0.1
    for _ in range(12):
        x = jnp.tanh(x @ w)
    return x
