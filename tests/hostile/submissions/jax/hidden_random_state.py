# verdicts: not_traceable
# Random numbers of XLA's own, which no seed repeats.
import jax


def solve(x, y):
    return jax.lax.rng_uniform(0.0, 1.0, x.shape) + x * 0
