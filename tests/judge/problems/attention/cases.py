import numpy as np


def _case(rng, b, h, q, k, d):
    def normal(length):
        return rng.normal(size=(b, h, length, d)).astype(np.float32)

    mask = rng.uniform(size=(b, q, k)) < 0.6
    mask[..., 0] = True  # every query sees something
    return normal(q), normal(k), normal(k), mask


def public():
    return {"small": _case(np.random.default_rng(0), 1, 1, 2, 3, 2)}


def hidden(rng):
    return {"several_heads": _case(rng, 2, 3, 4, 5, 8), "one_query": _case(rng, 3, 2, 1, 7, 4)}
