# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "All N*N entries of the product are computed for the N on its diagonal. Write the trace as one sum over i and j: the entries of a times those of b transposed."
# ///
import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.trace(a @ b)
