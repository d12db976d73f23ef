# verdicts: time_limit, memory_limit, wrong_answer
# A large constant computation, which a compiler would like to do in advance.
import jax.numpy as jnp


def solve(x, y):
    table = jnp.arange(1 << 22, dtype=jnp.float32)
    for _ in range(30):
        table = jnp.sort(jnp.sin(table))
    return x * table.sum()
