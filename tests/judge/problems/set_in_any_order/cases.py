import numpy as np


def public():
    return {"small": (np.array([8, 3, 20], np.int32),)}


def hidden(rng):
    return {f"n_{n}": (rng.integers(0, 1000, n).astype(np.int32),) for n in (5, 30)}
