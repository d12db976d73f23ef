import numpy as np


def public():
    return {
        "whole": (np.ones(3, np.float32), None),
        "masked": (np.arange(3, dtype=np.float32), np.array([True, False, True])),
    }


def hidden(rng):
    x = rng.normal(size=6).astype(np.float32)
    return {"whole_6": (x, None), "masked_6": (x, np.array([True, True, False, False, True, False]))}
