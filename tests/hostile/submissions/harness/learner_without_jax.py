# verdicts: runtime_error
# Takes JAX away from the code that reports on failures.
from sandbox.inside import learner

learner.jax = learner.np = None


def solve(x, y):
    value = 0 * x
    raise ValueError(value.shape)
