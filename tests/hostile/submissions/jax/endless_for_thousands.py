# verdicts: time_limit
# Nested loops that end, in a thousand years.
import jax


def solve(x, y):
    return jax.lax.fori_loop(0, 10**9, lambda i, a: jax.lax.fori_loop(0, 10**9, lambda j, b: b * 1.0001, a), x)
