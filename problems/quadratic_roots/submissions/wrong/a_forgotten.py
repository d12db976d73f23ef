# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The denominator of the first root is missing a: it is q / a. Without it the result is right for a = 1 only."
# ///
import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b * b - 4.0 * a * c)
    q = -0.5 * (b + jnp.where(b < 0.0, -root, root))
    return jnp.minimum(q, c / q), jnp.maximum(q, c / q)
