# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The roots are ordered by their size without the sign. The lower root is the one further left on the number line: -5 before 2."
# ///
import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b * b - 4.0 * a * c)
    q = -0.5 * (b + jnp.where(b < 0.0, -root, root))
    first, second = q / a, c / q
    near = jnp.abs(first) < jnp.abs(second)
    return jnp.where(near, first, second), jnp.where(near, second, first)
