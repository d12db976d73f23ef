import numpy as np


def _case(rng, n, d):
    x = rng.normal(size=(n, d)).astype(np.float32)
    return rng.normal(size=d).astype(np.float32), x, (x[:, 0] > 0).astype(np.float32), np.float32(0.7)


def public():
    return {"five_points": _case(np.random.default_rng(1), 5, 3)}


def hidden(rng):
    return {f"n_{n}_d_{d}": _case(rng, n, d) for n, d in ((7, 2), (1, 4), (40, 6))}
