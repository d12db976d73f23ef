import numpy as np


def _case(rng, d, count):
    w, gradient, m = rng.normal(size=(3, d)).astype(np.float32)
    return w, gradient, m, rng.uniform(0.1, 2, d).astype(np.float32), np.int32(count)


def public():
    return {"third_step": _case(np.random.default_rng(2), 4, 3)}


def hidden(rng):
    return {f"d_{d}": _case(rng, d, count) for d, count in ((3, 1), (8, 20), (5, 7))}
