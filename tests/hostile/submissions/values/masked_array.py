# verdicts: wrong_answer
# An array in which every value is masked.
import numpy as np


def solve(x, y):
    return np.ma.masked_all(x.shape, np.float32)
