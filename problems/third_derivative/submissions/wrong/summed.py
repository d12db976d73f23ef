# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Everything is added up into one number. The sum is a way to please grad, but it belongs inside the function that is differentiated."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    jerk = jax.grad(jax.grad(jax.grad(position)))
    return jax.vmap(jerk, in_axes=(0, None, None))(times, damping, frequency).sum()
