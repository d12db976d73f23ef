# /// allclose
# verdict = "not_traceable"
# message = "range needs the number of steps while the function is traced, and steps is an array. jax.lax.fori_loop(0, steps, body, state) loops in the program."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        return jnp.where(too_small, middle, low), jnp.where(too_small, high, middle)

    low, high = mean - eccentricity, mean + eccentricity
    for i in range(steps):
        low, high = halve(i, (low, high))
    return (low + high) / 2
