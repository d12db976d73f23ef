import numpy as np


def public():
    return {"small": (np.array([1, 2, 2**64 - 4], np.uint64),)}


def hidden(rng):
    return {f"size_{size}": (rng.integers(2**62, 2**64, size, np.uint64),) for size in (4, 9)}
