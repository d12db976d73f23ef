# verdicts: memory_limit
# always
# A traced array of 4 TB, which costs the tracer nothing.
import jax.numpy as jnp


def solve(x, y):
    return x + jnp.ones(10**12).sum()
