# verdicts: wrong_answer
# An object that is another array each time it is asked.
import numpy as np


class Fickle:
    def __init__(self):
        self.asked = 0

    def __array__(self, *_, **__):
        self.asked += 1
        return np.full(self.asked, self.asked, np.float32)


def solve(x, y):
    return Fickle()
