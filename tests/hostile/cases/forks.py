# failures: violation
# always
# Forks while it makes its cases.
import os

import numpy as np


def public():
    os.fork()
    return {"a": (np.ones(3, np.float32), np.ones(3, np.float32))}


def hidden(rng):
    return public()
