import numpy as np


def _array(rng, size):
    return rng.integers(0, 2**16, size).astype(np.uint16)


def public():
    return {"small": (np.array([1, 0xFF00, 0x1234], np.uint16),)}


def hidden(rng):
    return {f"size_{size}": (_array(rng, size),) for size in (4, 9)}
