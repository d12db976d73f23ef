import jax.numpy as jnp


def third_derivative(times, damping, frequency):
    c, w = damping, frequency
    # The real part of z**3 * exp(z * t), with z = -c + 1j * w.
    real = -(c**3) + 3 * c * w**2
    imaginary = 3 * c**2 * w - w**3
    return jnp.exp(-c * times) * (real * jnp.cos(w * times) - imaginary * jnp.sin(w * times))
