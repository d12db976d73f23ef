# /// allclose
# verdict = "not_traceable"
# message = "A Python if cannot ask which half holds the solution, for there are no values yet. jnp.where chooses for each entry, in the program."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        if too_small.all():
            return middle, high
        return low, middle

    low, high = jax.lax.fori_loop(0, steps, halve, (mean - eccentricity, mean + eccentricity))
    return (low + high) / 2
