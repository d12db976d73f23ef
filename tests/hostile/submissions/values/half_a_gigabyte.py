# verdicts: memory_limit, output_limit
# always
# A result that fits into memory and is more than a case may return.
import jax.numpy as jnp


def solve(x, y):
    return jnp.broadcast_to(x[0], (1 << 27,)) * 2
