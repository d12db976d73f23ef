# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "jnp.sign(0.0) is 0. For b = 0 that makes q = 0, and c / q divides by zero. Choose the sign with jnp.where(b < 0, -root, root)."
# ///
import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b * b - 4.0 * a * c)
    q = -0.5 * (b + jnp.sign(b) * root)
    q = jnp.where(b == 0.0, 0.0, q)
    return jnp.minimum(q / a, c / q), jnp.maximum(q / a, c / q)
