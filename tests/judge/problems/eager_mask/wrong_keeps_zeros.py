# wrong_answer shape
import numpy as np


def eager_mask(x):
    return np.where(x > 0, x, 0)
