# wrong_answer tree
import numpy as np


def integer_keys(x):
    return {np.float32(0): x, np.float64(1): (2 * x, "twice")}
