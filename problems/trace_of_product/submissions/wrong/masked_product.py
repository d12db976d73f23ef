# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "Multiplying with the identity selects the diagonal after the whole product was computed. Compute only what you select: each diagonal entry is a row of a times a column of b."
# ///
import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.sum((a @ b) * jnp.eye(a.shape[0]))
