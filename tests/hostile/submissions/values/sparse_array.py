# verdicts: wrong_answer
# A sparse array, which is a container of two.
from jax.experimental import sparse


def solve(x, y):
    return sparse.BCOO.fromdense(x * 0 + 1, nse=x.shape[0])
