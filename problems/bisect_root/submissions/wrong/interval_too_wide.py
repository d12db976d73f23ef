# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The interval begins at M - 1 and M + 1. The statement asks for M - e and M + e, and after few steps the difference shows."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        return jnp.where(too_small, middle, low), jnp.where(too_small, high, middle)

    low, high = jax.lax.fori_loop(0, steps, halve, (mean - 1, mean + 1))
    return (low + high) / 2
