# verdicts: memory_limit, output_limit
# A result that no pipe should carry.
import jax.numpy as jnp


def solve(x, y):
    return jnp.broadcast_to(x[0], (10 << 28,))
