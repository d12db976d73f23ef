# wrong_answer dtype
import numpy as np


def eager_in_place(x):
    return np.maximum(x, 0).astype(np.float32)
