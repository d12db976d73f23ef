# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "q takes the root with the sign opposite to that of b, which is the one that cancels, and then divides by the little that is left. Give the square root the sign of b."
# ///
import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b * b - 4.0 * a * c)
    q = -0.5 * (b - jnp.where(b < 0.0, -root, root))
    q = jnp.where(q == 0.0, 1e-6, q)
    return jnp.minimum(q / a, c / q), jnp.maximum(q / a, c / q)
