import jax
import jax.numpy as jnp
from jax import lax


def at_one_point(coefficients, x):
    # From the lowest power up, with the power as part of the carry. Where it has overflowed, a 0 is left out.
    def step(carry, coefficient):
        value, power = carry
        term = jnp.where(coefficient == 0, 0.0, coefficient * power)
        return (value + term, power * x), None

    (value, _), _ = lax.scan(step, (0.0, 1.0), coefficients, reverse=True)
    return value


def horner(coefficients, x):
    return jax.vmap(at_one_point, in_axes=(None, 0))(coefficients, x)
