# verdicts: time_limit
# always
# Ends for the public values and hangs for hidden ones of the same size.
import jax
import jax.numpy as jnp


def solve(x, y):
    result = jax.lax.while_loop(lambda c: c[0] != 1.5, lambda c: -c, x)
    return result * jnp.dot(x, y)
