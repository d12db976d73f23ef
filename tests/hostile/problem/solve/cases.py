import numpy as np

# The first number of every hidden input: a report in which its digits appear has told a hidden value.
HIDDEN = 76543.25


def public():
    return {"three": (np.array([1.5, -2.0, 0.5], np.float32), np.array([4.0, 0.25, 2.0], np.float32))}


def hidden(rng):
    def pair(size):
        x, y = rng.normal(size=(2, size)).astype(np.float32)
        x[0], y[0] = HIDDEN, rng.uniform(1, 2)
        return x, y

    return {"three_again": pair(3), "five": pair(5)}
