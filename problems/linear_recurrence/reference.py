import jax.numpy as jnp
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        a1, b1 = earlier
        a2, b2 = later
        return a2 * a1, a2 * b1 + b2

    slopes, offsets = lax.associative_scan(compose, (a, b))
    return slopes * start + offsets
