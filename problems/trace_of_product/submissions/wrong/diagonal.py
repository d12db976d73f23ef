# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "These are the entries of the diagonal. The trace is their sum, one number."
# ///
import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.einsum("ij,ji->i", a, b)
