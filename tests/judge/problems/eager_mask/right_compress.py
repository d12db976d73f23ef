import numpy as np


def eager_mask(x):
    return np.compress(x > 0, x)
