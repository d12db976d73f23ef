import numpy as np


def public():
    return {"small": (np.ones(2, np.float32), np.float32(0.5), np.array([1, -2], np.float32))}


def hidden(rng):
    return {
        f"d_{d}": (
            rng.normal(size=d).astype(np.float32),
            np.float32(rng.normal()),
            rng.normal(size=d).astype(np.float32),
        )
        for d in (4, 6)
    }
