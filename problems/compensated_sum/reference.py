import jax.numpy as jnp
from jax import lax


def two_sum(a, b):
    """The rounded sum, and exactly what rounding took from it."""
    total = a + b
    b_as_added = total - a
    a_as_added = total - b_as_added
    return total, (a - a_as_added) + (b - b_as_added)


def compensated_sum(x):
    def step(carry, value):
        total, lost = carry
        total, error = two_sum(total, value)
        return (total, lost + error), None

    zero = jnp.zeros((), x.dtype)
    (total, lost), _ = lax.scan(step, (zero, zero), x)
    return total + lost
