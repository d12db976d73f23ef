# verdicts: memory_limit
# Carries a constant of half a gigabyte in the program.
import jax.numpy as jnp
import numpy as np

TABLE = np.random.default_rng(0).integers(0, 100, 1 << 26)


def solve(x, y):
    return x * jnp.asarray(TABLE, "float32").sum()
