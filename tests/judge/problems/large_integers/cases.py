import numpy as np


def public():
    return {"small": (np.array([1, -2], np.int32),)}


def hidden(rng):
    return {f"n_{n}": (rng.integers(5 * 10**8, 10**9, n).astype(np.int32),) for n in (3, 6)}
