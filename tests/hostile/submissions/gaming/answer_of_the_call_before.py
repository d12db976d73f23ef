# verdicts: not_traceable, wrong_answer
# always
# Returns what the call before computed.
import jax.numpy as jnp

KEPT = []


def solve(x, y):
    KEPT.append(x * jnp.dot(x, y))
    return KEPT[0]
