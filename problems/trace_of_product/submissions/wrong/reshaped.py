# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "reshape keeps the entries in their order and breaks the rows elsewhere. To exchange the indices, transpose: b.T."
# ///
import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.sum(a * b.reshape(a.shape))
