# failures: exception, findings
# Arrays of Python objects.
import numpy as np


def public():
    return {"a": (np.array([object()] * 3, dtype=object), np.ones(3, np.float32))}


def hidden(rng):
    return public()
