# /// allclose
# verdict = "runtime_error"
# message = "a is N x M and b is M x N, so they cannot be multiplied entry by entry. The trace pairs a[i, j] with b[j, i]: transpose b."
# ///
import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.sum(a * b)
