# verdicts: not_traceable, sandbox_violation
# Traces other shapes than it was asked for.
import jax

REAL = jax.ShapeDtypeStruct
jax.ShapeDtypeStruct = lambda shape, dtype: REAL((1,), dtype)


def solve(x, y):
    return 0 * x
