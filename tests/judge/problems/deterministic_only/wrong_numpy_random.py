# wrong_answer nondeterministic
import numpy as np


def deterministic_only(x):
    return 2 * x + 1e-9 * np.random.normal(size=x.shape).astype(np.float32)
