import numpy as np


def public():
    x = np.array([1, -2, 3], np.float32)
    return {"zero": (x, 0.0), "minus_zero": (x, -0.0), "not_a_number": (x, float("nan"))}


def hidden(rng):
    x = rng.normal(size=3).astype(np.float32)
    return {"zero_again": (x, 0.0), "minus_zero_again": (x, -0.0), "not_a_number_again": (x, float("nan"))}
