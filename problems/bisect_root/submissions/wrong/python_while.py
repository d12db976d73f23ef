# /// allclose
# verdict = "not_traceable"
# message = "A Python while asks for its condition in every turn, and there are no values while the function is traced. jax.lax.while_loop takes the condition as a function."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        return jnp.where(too_small, middle, low), jnp.where(too_small, high, middle)

    low, high, turn = mean - eccentricity, mean + eccentricity, 0
    while turn < steps:
        low, high = halve(turn, (low, high))
        turn = turn + 1
    return (low + high) / 2
