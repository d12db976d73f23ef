# verdicts: wrong_answer, runtime_error
# An ndarray with functions of its own.
import numpy as np


class Sly(np.ndarray):
    def __array_ufunc__(self, *_, **__):
        return True

    def __array_function__(self, *_, **__):
        return True

    def __eq__(self, other):
        return True

    @property
    def dtype(self):
        return np.dtype("float32")

    @property
    def shape(self):
        return (3,)


def solve(x, y):
    return np.zeros(7).view(Sly)
