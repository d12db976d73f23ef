# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Where 4ac is much smaller than b*b, the square root is nearly as large as b, and their difference is all rounding error. Compute the root in which both have the same sign, and get the other one from the product of the roots, c / a."
# ///
import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b**2 - 4.0 * a * c)
    first, second = (-b - root) / (2.0 * a), (-b + root) / (2.0 * a)
    return jnp.minimum(first, second), jnp.maximum(first, second)
