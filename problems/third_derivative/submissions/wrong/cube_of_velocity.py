# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The third derivative is no third power. Differentiate three times: the gradient of the gradient of the gradient."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    return jax.vmap(jax.grad(position), in_axes=(0, None, None))(times, damping, frequency) ** 3
