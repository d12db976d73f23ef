# verdicts: wrong_answer
# An array of records.
import numpy as np


def solve(x, y):
    return np.zeros(x.shape, [("a", "f4"), ("b", "O")])
