# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Both ends of the last interval come back, in one array. Return the middle between them."
# ///
import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(_, bracket):
        low, high = bracket
        middle = (low + high) / 2
        too_small = middle - eccentricity * jnp.sin(middle) < mean
        return jnp.where(too_small, middle, low), jnp.where(too_small, high, middle)

    low, high = jax.lax.fori_loop(0, steps, halve, (mean - eccentricity, mean + eccentricity))
    return jnp.stack([low, high])
