# verdicts: runtime_error
# Rows of different lengths.
import numpy as np


def solve(x, y):
    return np.array([[1.0], [1.0, 2.0]])
