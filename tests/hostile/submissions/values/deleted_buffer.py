# verdicts: runtime_error, not_traceable
# An array whose memory has been given back.
import jax.numpy as jnp

KEPT = jnp.ones(3)
KEPT.delete()


def solve(x, y):
    return KEPT
