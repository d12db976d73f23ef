# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The last derivative is taken with respect to argument 1, the damping. All three are with respect to time, argument 0, which grad takes by itself."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    jerk = jax.grad(jax.grad(jax.grad(position)), argnums=1)
    return jax.vmap(jerk, in_axes=(0, None, None))(times, damping, frequency)
