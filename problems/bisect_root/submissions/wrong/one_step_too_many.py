# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This halves once more than asked for. fori_loop(0, steps, ...) has steps turns, the last of them with i = steps - 1."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        return jnp.where(too_small, middle, low), jnp.where(too_small, high, middle)

    low, high = jax.lax.fori_loop(0, steps + 1, halve, (mean - eccentricity, mean + eccentricity))
    return (low + high) / 2
