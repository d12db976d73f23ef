# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "in_axes=1 hands out the columns, and there is one number for each of those. Rows stand on axis 0."
# ///
import jax
import jax.numpy as jnp


def rowwise_dot(left, right):
    return jax.vmap(jnp.dot, in_axes=1)(left, right)
