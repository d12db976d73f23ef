# verdicts: wrong_answer
# Whatever another module has, in place of the own.
from jax.numpy import *


def solve(x, y):
    return zeros_like(x)
