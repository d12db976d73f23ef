import jax.numpy as jnp
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        # Two maps h -> a * h + b, one after the other, are one such map.
        a1, b1 = earlier
        a2, b2 = later
        return a1, b1

    slopes, offsets = lax.associative_scan(compose, (a, b))
    return offsets
