import numpy as np


def _array(rng, size):
    return np.append(rng.normal(size=size - 2), [0, -1]).astype(np.float32)


def public():
    return {"small": (_array(np.random.default_rng(0), 3),)}


def hidden(rng):
    return {f"size_{size}": (_array(rng, size),) for size in (4, 9)}
