# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The root is kept away from zero, and the result at zero is now that of the replacement. A second jnp.where around the root returns 0 there."
# ///
import jax.numpy as jnp


def safe_norm(x):
    squares = jnp.sum(x**2)
    return jnp.sqrt(jnp.where(squares == 0, 1.0, squares))
