# verdicts: not_traceable
# A factorisation that cannot be judged here.
import jax


def solve(x, y):
    return jax.scipy.linalg.schur(x[0] * jax.numpy.eye(3))[0][0]
