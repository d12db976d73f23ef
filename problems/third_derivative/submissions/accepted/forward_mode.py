import jax
import jax.numpy as jnp


def third_derivative(times, damping, frequency):
    def position(t):
        return jnp.exp(-damping * t) * jnp.cos(frequency * t)

    def along_time(f):
        # Each time moves at speed 1, and each position depends on its own time alone.
        return lambda t: jax.jvp(f, (t,), (jnp.ones_like(t),))[1]

    return along_time(along_time(along_time(position)))(times)
