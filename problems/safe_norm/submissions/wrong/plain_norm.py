# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The value at zero is right, and the gradient is 0/0. Choose by jnp.where what goes into the root, and by another one what comes out."
# ///
import jax.numpy as jnp


def safe_norm(x):
    return jnp.linalg.norm(x)
