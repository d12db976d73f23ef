import jax
import jax.numpy as jnp


def third_derivative(times, damping, frequency):
    def position(t):
        return jnp.exp(-damping * t) * jnp.cos(frequency * t)

    # A loop in the program, written down once.
    return jax.lax.map(jax.grad(jax.hessian(position)), times)
