# verdicts: not_traceable
# An approximate maximum, which has no exact meaning.
import jax


def solve(x, y):
    return jax.lax.approx_max_k(x, 2)[0]
