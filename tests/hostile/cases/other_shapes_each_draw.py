# failures: findings
# Shapes that depend on the random generator.
import numpy as np


def public():
    return {"a": (np.ones(3, np.float32), np.ones(3, np.float32))}


def hidden(rng):
    size = int(rng.integers(1, 1000))
    return {"b": (np.ones(size, np.float32), np.ones(size, np.float32))}
