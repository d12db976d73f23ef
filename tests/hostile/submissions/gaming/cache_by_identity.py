# verdicts: wrong_answer, not_traceable
# always
# Keeps outputs under the identity of their inputs.
import jax.numpy as jnp

CACHE = {}


def solve(x, y):
    return CACHE.setdefault(id(type(x)), x * jnp.dot(x, y) * (len(CACHE) == 0)) if x.shape == (3,) else 0 * x
