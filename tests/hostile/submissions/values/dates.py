# verdicts: wrong_answer
# An array of dates.
import numpy as np


def solve(x, y):
    return np.zeros(x.shape, "datetime64[s]")
