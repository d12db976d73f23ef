# /// allclose
# verdict = "not_traceable"
# message = "jnp.arange(terms) has a shape that depends on terms, so terms must be known while the function is traced: static_argnames='terms'."
# ///
import jax
import jax.numpy as jnp


@jax.jit
def power_series(x, terms):
    factors = x[:, None] / jnp.maximum(jnp.arange(terms), 1)
    return jnp.cumprod(factors.at[:, 0].set(1.0), axis=1).sum(axis=1)
