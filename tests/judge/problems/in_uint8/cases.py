import numpy as np


def _array(rng, size):
    return rng.integers(0, 256, size).astype(np.uint8)


def public():
    return {"small": (_array(np.random.default_rng(0), 3),)}


def hidden(rng):
    return {f"size_{size}": (_array(rng, size),) for size in (4, 9)}
