import numpy as np


def public():
    return {"small": (np.arange(9, dtype=np.float32).reshape(3, 3) / 9,)}


def hidden(rng):
    return {f"size_{size}": (rng.normal(size=(size, size)).astype(np.float32) / size,) for size in (140, 160)}
