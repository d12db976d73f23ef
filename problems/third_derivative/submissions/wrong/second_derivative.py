# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the acceleration, the second derivative: one grad is missing."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    return jax.vmap(jax.grad(jax.grad(position)), in_axes=(0, None, None))(times, damping, frequency)
