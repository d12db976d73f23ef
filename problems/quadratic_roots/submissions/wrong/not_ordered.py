# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "q / a and c / q are the right roots, but which is smaller depends on the signs of a and b. Take jnp.minimum and jnp.maximum of the two."
# ///
import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b * b - 4.0 * a * c)
    q = -0.5 * (b + jnp.where(b < 0.0, -root, root))
    return q / a, c / q
