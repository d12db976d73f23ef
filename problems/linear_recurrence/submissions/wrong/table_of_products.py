# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "This makes a table of the products between any two steps, T times T of them, where associative_scan makes about two for each step."
# ///
import jax.numpy as jnp


def linear_recurrence(a, b, start):
    steps = jnp.arange(a.shape[0])
    later = (steps[:, None] > steps)[:, :, None]
    # Row t, column s: the product of a over the steps after s, up to t.
    products = jnp.cumprod(jnp.where(later, a[:, None], 1.0), axis=0)
    products = jnp.where((steps[:, None] >= steps)[:, :, None], products, 0.0)
    b = b.at[0].add(a[0] * start)
    return jnp.einsum("tsd,sd->td", products, b, precision="highest")
