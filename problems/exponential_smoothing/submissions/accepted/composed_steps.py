import jax.numpy as jnp
from jax import lax


def exponential_smoothing(x, alpha):
    # Each step is the map s -> keep * s + new; two of them make another one.
    keep = jnp.full_like(x, 1.0 - alpha)
    new = jnp.concatenate([x[:1], alpha * x[1:]])

    def compose(first, second):
        return first[0] * second[0], second[0] * first[1] + second[1]

    return lax.associative_scan(compose, (keep, new))[1]
