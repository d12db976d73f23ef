# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Finite differences divide the rounding errors of float32 by the cube of the step, and little is left of the digits. jax.grad differentiates without a step."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    def p(t):
        return position(t, damping, frequency)

    h = 0.01
    return (p(times + 2 * h) - 2 * p(times + h) + 2 * p(times - h) - p(times - 2 * h)) / (2 * h**3)
