import jax
import jax.numpy as jnp


def derivative(f):
    return jax.grad(lambda t, *rest: f(t, *rest).sum())


def third_derivative(times, damping, frequency):
    def positions(t, damping, frequency):
        return jnp.exp(-damping * t) * jnp.cos(frequency * t)

    for _ in range(3):
        positions = derivative(positions)
    return positions(times, damping, frequency)
