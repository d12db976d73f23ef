# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The half without the solution is kept. Where the middle is too small, it becomes the lower end."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        return jnp.where(too_small, low, middle), jnp.where(too_small, middle, high)

    low, high = jax.lax.fori_loop(0, steps, halve, (mean - eccentricity, mean + eccentricity))
    return (low + high) / 2
