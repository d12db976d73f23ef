import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    def step(value, coefficient):
        return value * x + coefficient, None

    value, _ = lax.scan(step, jnp.zeros_like(x), coefficients)
    return value
