# /// allclose
# verdict = "not_traceable"
# message = "NumPy's exp and cos need numbers, and grad calls the function with tracers, which have none yet. jnp.exp and jnp.cos can be differentiated."
# ///
import jax
import numpy as np


def position(t, damping, frequency):
    return np.exp(-damping * t) * np.cos(frequency * t)


def third_derivative(times, damping, frequency):
    jerk = jax.grad(jax.grad(jax.grad(position)))
    return jax.vmap(jerk, in_axes=(0, None, None))(times, damping, frequency)
