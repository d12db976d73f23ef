import numpy as np


def _case(rng, t, d):
    steps = rng.uniform(0.05, 0.3, t).astype(np.float32)
    return rng.normal(size=d).astype(np.float32), rng.normal(size=(d, d)).astype(np.float32), np.cumsum(steps)


def public():
    return {"five_times": _case(np.random.default_rng(3), 5, 2)}


def hidden(rng):
    return {f"t_{t}_d_{d}": _case(rng, t, d) for t, d in ((2, 3), (9, 2), (30, 4))}
