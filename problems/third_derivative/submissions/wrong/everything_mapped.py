# /// allclose
# verdict = "runtime_error"
# message = "vmap maps over all three arguments unless told otherwise, and a scalar has no axis to map over. The times are mapped, the rest is shared: in_axes=(0, None, None)."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    return jax.vmap(jax.grad(jax.grad(jax.grad(position))))(times, damping, frequency)
