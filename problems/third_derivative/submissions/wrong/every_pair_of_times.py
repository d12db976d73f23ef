# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The Jacobian of all positions holds a derivative for each position and each time. Map the derivative for one time over the times with vmap."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    return jax.jacfwd(jax.jacfwd(jax.jacfwd(position)))(times, damping, frequency)
