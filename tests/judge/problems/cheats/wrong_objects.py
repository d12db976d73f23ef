# wrong_answer tree
import numpy as np


def cheats(w, x):
    return np.array([[1, None]], dtype=object)
