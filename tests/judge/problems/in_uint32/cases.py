import numpy as np


def _array(rng, size):
    return rng.integers(0, 2**32, size).astype(np.uint32)


def public():
    return {"small": (np.array([1, 2**31, 2**32 - 1], np.uint32),)}


def hidden(rng):
    return {f"size_{size}": (_array(rng, size),) for size in (4, 9)}
