# verdicts: wrong_answer, memory_limit, time_limit
# Half a gigabyte out of a few bytes of program.
import jax.numpy as jnp


def solve(x, y):
    return x * jnp.cumsum(jnp.cumsum(jnp.ones((1 << 13, 1 << 12)) * x[0], axis=0), axis=1).sum() * 0
