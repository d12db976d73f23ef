# /// allclose
# verdict = "runtime_error"
# message = "A Python if needs one answer, and b holds a number for every equation, none of them known while the program is traced. jnp.where(b < 0, -root, root) chooses for every equation by itself."
# ///
import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b * b - 4.0 * a * c)
    if b < 0:
        q = -0.5 * (b - root)
    else:
        q = -0.5 * (b + root)
    return jnp.minimum(q / a, c / q), jnp.maximum(q / a, c / q)
