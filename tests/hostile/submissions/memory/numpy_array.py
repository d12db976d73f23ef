# verdicts: memory_limit
# 100 GB of ones, made outside JAX.
import numpy as np


def solve(x, y):
    return x * np.ones(100 * 2**30 // 8).sum()
