import numpy as np


def public():
    segments = np.array([0, 2, 2, 1, 0], np.int32)
    return {"four_segments": (np.array([1.5, 2, 4, -1, 3], np.float32), segments, np.array([1, 2, 0.5, 3], np.float32))}


def hidden(rng):
    def case(n, s):
        segments = np.sort(rng.integers(0, s, n)).astype(np.int32)
        return rng.normal(size=n).astype(np.float32), segments, rng.normal(size=s).astype(np.float32)

    return {f"n_{n}_s_{s}": case(n, s) for n, s in ((6, 3), (1, 2), (30, 7))}
