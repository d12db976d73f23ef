# verdicts: sandbox_violation, runtime_error, wrong_answer
# A result that is flattened to whatever was asked for.
import jax.numpy as jnp

from sandbox.inside import trace
from sandbox.tree import Leaf

trace.flatten = lambda value, keep_static: (Leaf("float32", (3,)), [jnp.zeros(7)])


def solve(x, y):
    return 0 * x
