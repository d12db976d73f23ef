import numpy as np


def eager_integer_keys(x):
    return dict(zip(*np.unique(x, return_counts=True)))
