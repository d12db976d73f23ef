# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The roots come back stacked in one array. Return a tuple of two arrays, (lower, upper)."
# ///
import jax.numpy as jnp


def quadratic_roots(a, b, c):
    root = jnp.sqrt(b * b - 4.0 * a * c)
    q = -0.5 * (b + jnp.where(b < 0.0, -root, root))
    return jnp.sort(jnp.stack([q / a, c / q]), axis=0)
