# wrong_answer value
import jax.numpy as jnp


def conv1d(x, kernel):
    return jnp.correlate(x, kernel, mode="same")
