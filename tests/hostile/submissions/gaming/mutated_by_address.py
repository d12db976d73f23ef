# verdicts: wrong_answer, runtime_error
# Writes to the memory of its input, past every protection of Python's.
import ctypes

import numpy as np


def solve(x, y):
    try:
        array = np.asarray(x)
        ctypes.memset(array.ctypes.data, 0, array.nbytes)
    except Exception:
        pass
    return 0 * x
