# verdicts: wrong_answer
# An array of Python objects.
import numpy as np


def solve(x, y):
    return np.array([object()] * x.shape[0], dtype=object)
