# verdicts: memory_limit
# A loop whose state is larger than the memory limit.
import jax
import jax.numpy as jnp


def solve(x, y):
    state = jax.lax.fori_loop(0, 3, lambda i, s: jnp.sort(s)[::-1] * 0.5, jnp.zeros(1 << 29) + x[0])
    return x + state[0]
