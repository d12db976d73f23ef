# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "One number for the two whole matrices. Sum along the rows only, or map jnp.dot over them."
# ///
import jax.numpy as jnp


def rowwise_dot(left, right):
    return jnp.sum(left * right)
