# /// allclose
# verdict = "runtime_error"
# message = "jax.lax.cond takes one yes or no for everything, and this is one for each entry. jnp.where chooses entry by entry."
# ///
import jax
import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    error = jnp.abs(predictions - targets)
    return jax.lax.cond(error <= delta, lambda e: 0.5 * e**2, lambda e: delta * (e - 0.5 * delta), error)
