# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jnp.sum rounds after every addition, and what large terms push off the end does not come back when they cancel. Keep the error of each addition in a second running number."
# ///
import jax.numpy as jnp


def compensated_sum(x):
    return jnp.sum(x)
