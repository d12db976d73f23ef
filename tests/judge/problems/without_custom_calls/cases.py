import numpy as np


def public():
    return {"zeros": (np.zeros((2, 2), np.float32),)}


def hidden(rng):
    return {"drawn": (rng.uniform(-0.5, 0.5, (2, 2)).astype(np.float32),)}
