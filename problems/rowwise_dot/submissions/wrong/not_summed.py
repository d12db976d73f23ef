# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The entries are multiplied and not added up. The dot product is the sum of these along each row: axis=1."
# ///
import jax
import jax.numpy as jnp


def rowwise_dot(left, right):
    return jax.vmap(jnp.multiply)(left, right)
