import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b * b - 4.0 * a * c)
    # Both terms have the same sign, so nothing cancels. jnp.sign(0) would be 0.
    q = -0.5 * (b + jnp.where(b < 0.0, -root, root))
    first, second = q / a, c / q
    return jnp.minimum(first, second), jnp.maximum(first, second)
