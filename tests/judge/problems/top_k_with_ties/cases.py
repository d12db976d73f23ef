import numpy as np


def public():
    return {"ties": (np.array([[1, 3, 3, 2, 3], [0, 0, 0, 0, 0]], np.float32),)}


def hidden(rng):
    return {f"n_{n}": (rng.integers(0, 4, (3, n)).astype(np.float32),) for n in (3, 8, 40)}
