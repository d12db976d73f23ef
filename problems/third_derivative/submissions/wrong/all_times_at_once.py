# /// allclose
# verdict = "runtime_error"
# message = "grad got all times together, and position then returns many numbers where grad needs one. Differentiate for a single time and put vmap around it."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    return jax.grad(jax.grad(jax.grad(position)))(times, damping, frequency)
