# failures: findings
# always
# Arrays of other dtypes and shapes than the problem declares.
import numpy as np


def public():
    return {"a": (np.ones((3, 3)), np.ones(2, np.int8)), "b": (1, "x"), "c": ()}


def hidden(rng):
    return public()
