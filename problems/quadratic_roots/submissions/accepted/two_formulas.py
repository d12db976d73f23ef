import jax.numpy as jnp


def quadratic_roots(a, b, c):
    # Make a positive, so that minus belongs to the lower root. Each root then has two formulas, one of which is good.
    flip = jnp.where(a < 0, -1.0, 1.0)
    a, b, c = flip * a, flip * b, flip * c
    root = jnp.sqrt(b**2 - 4 * a * c)
    negative = b < 0
    lower = jnp.where(negative, 2 * c / jnp.where(negative, -b + root, 1.0), (-b - root) / (2 * a))
    upper = jnp.where(negative, (-b + root) / (2 * a), 2 * c / jnp.where(negative, 1.0, -b - root))
    return lower, upper
