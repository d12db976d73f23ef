import numpy as np


def public():
    return {"small": (np.array([3, -4], np.int64),)}


def hidden(rng):
    return {f"size_{size}": (rng.integers(10**8, 10**9, size),) for size in (4, 7)}
