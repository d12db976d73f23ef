import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    def step(value, coefficient):
        # The value so far and the next coefficient in; the next value out, and nothing to collect.
        return value, None

    value, _ = lax.scan(step, jnp.zeros_like(x), coefficients)
    return value
