import numpy as np


def _case(rng, m, k, n):
    x, w = (rng.integers(-128, 128, shape).astype(np.int8) for shape in ((m, k), (k, n)))
    return x, w, np.float32(rng.uniform(0.01, 0.1)), rng.uniform(0.01, 0.1, n).astype(np.float32)


def public():
    return {"small": _case(np.random.default_rng(0), 2, 3, 2)}


def hidden(rng):
    return {"wide": _case(rng, 4, 64, 5), "one_row": _case(rng, 1, 33, 7)}
