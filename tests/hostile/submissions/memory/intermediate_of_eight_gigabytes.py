# verdicts: memory_limit
# A traced intermediate that fits under every bound on shapes and not into memory.
import jax
import jax.numpy as jnp


def solve(x, y):
    return x + jnp.sort(jax.lax.iota(jnp.float32, 2**31) * x[0])[7]
