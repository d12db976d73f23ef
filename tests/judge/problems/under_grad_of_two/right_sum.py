import jax.numpy as jnp


def under_grad_of_two(w, b, x):
    return jnp.tanh((w * x).sum() + b)
