# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "tr(BA) = tr(AB), and the product that is smaller is still a whole product. No entry beside the diagonal is needed of either."
# ///
import jax.numpy as jnp


def trace_of_product(a, b):
    return jnp.trace(b @ a) if a.shape[0] > a.shape[1] else jnp.trace(a @ b)
