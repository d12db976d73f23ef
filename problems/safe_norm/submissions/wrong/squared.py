# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The square of the length has a fine gradient at zero, and it is not the length. The root is what this is about."
# ///
import jax.numpy as jnp


def safe_norm(x):
    return jnp.sum(x**2)
