# verdicts: time_limit
# Ends for the public case and hangs for a hidden size.
import jax
import jax.numpy as jnp


def solve(x, y):
    if x.shape == (3,):
        return x * jnp.dot(x, y)
    return jax.lax.while_loop(lambda c: c[0] == c[0], lambda c: c + 1, x)
