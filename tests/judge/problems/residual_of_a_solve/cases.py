import numpy as np


def public():
    return {"small": (np.array([[2, 1], [1, 3]], np.float32), np.array([1, 2], np.float32))}


def hidden(rng):
    return {f"n_{n}": ((rng.normal(size=(n, n)) + n * np.eye(n)).astype(np.float32), rng.normal(size=n).astype(np.float32)) for n in (3, 12)}
