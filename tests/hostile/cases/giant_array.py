# failures: memory, violation, output
# An array of half a gigabyte.
import numpy as np


def public():
    return {"a": (np.zeros(1 << 27, np.float32), np.zeros(1 << 27, np.float32))}


def hidden(rng):
    return public()
