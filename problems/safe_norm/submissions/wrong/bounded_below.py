# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The maximum is taken after the root, and the derivative of the root at 0 is infinite by then. Bound what goes into the root."
# ///
import jax.numpy as jnp


def safe_norm(x):
    return jnp.maximum(jnp.sqrt(jnp.sum(x**2)), 1e-20)
