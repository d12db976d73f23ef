# /// allclose
# verdict = "runtime_error"
# message = "jax.lax.cond takes one yes or no, and each entry has its own. Choose the ends with jnp.where, or write the search for one entry and map it with vmap."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        return jax.lax.cond(too_small, lambda: (middle, high), lambda: (low, middle))

    low, high = jax.lax.fori_loop(0, steps, halve, (mean - eccentricity, mean + eccentricity))
    return (low + high) / 2
