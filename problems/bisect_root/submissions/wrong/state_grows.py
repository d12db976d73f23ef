# /// allclose
# verdict = "runtime_error"
# message = "The body returns three arrays and was given two. What comes out of a turn goes into the next, so the state keeps its structure."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        return jnp.where(too_small, middle, low), jnp.where(too_small, high, middle), middle

    low, high = jax.lax.fori_loop(0, steps, halve, (mean - eccentricity, mean + eccentricity))
    return (low + high) / 2
