# /// allclose
# verdict = "not_traceable"
# message = "Under a plain jit, terms is an array without a value, and range needs a number. Name it: partial(jax.jit, static_argnames='terms')."
# ///
import jax
import jax.numpy as jnp


@jax.jit
def power_series(x, terms):
    total, term = jnp.zeros_like(x), jnp.ones_like(x)
    for k in range(terms):
        total, term = total + term, term * x / (k + 1)
    return total
