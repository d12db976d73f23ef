import numpy as np


def public():
    x = np.arange(1, 4, dtype=np.float32)
    return {"forwards": (x, False), "backwards": (x, True)}


def hidden(rng):
    x = rng.normal(size=5).astype(np.float32)
    return {f"reverse_{reverse}": (x, reverse) for reverse in (False, True)}
