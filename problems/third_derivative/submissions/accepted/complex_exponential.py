import jax.numpy as jnp
from jax import lax


def third_derivative(times, damping, frequency):
    z = lax.complex(-damping, frequency)
    return (z**3 * jnp.exp(z * times)).real
