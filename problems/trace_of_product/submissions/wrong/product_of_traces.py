# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The trace of a product is not the product of the traces; that holds for numbers only. Write out the diagonal entries of the product and add them."
# ///
import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.trace(a) * jnp.trace(b)
