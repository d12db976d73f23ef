# verdicts: wrong_answer
# always
# Is right when it is called first, for the public case, and something else afterwards.
import jax.numpy as jnp

CALLS = []


def solve(x, y):
    CALLS.append(x.shape)
    return x * jnp.dot(x, y) if len(CALLS) == 1 else 0 * x
