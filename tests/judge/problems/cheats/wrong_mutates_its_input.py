# not_traceable
import numpy as np


def cheats(w, x):
    np.asarray(w)[:] = 0
    return w
