import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def solve(m):
        def halve(_, ends):
            middle = 0.5 * ends[0] + 0.5 * ends[1]
            small = middle - eccentricity * jnp.sin(middle) < m
            return jax.lax.cond(small, lambda: (middle, ends[1]), lambda: (ends[0], middle))

        low, high = jax.lax.fori_loop(0, steps, halve, (m - eccentricity, m + eccentricity))
        return low + (high - low) / 2

    return jax.vmap(solve)(mean)
