# verdicts: time_limit, memory_limit, wrong_answer, runtime_error
# As many operations as are allowed, in a chain that takes the compiler longest.
import jax.numpy as jnp


def solve(x, y):
    for number in range(4_000):
        x = jnp.sin(x) + jnp.cumsum(x)[::-1] * number
    return x
