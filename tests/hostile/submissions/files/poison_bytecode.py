# verdicts: runtime_error, sandbox_violation
# Compiled code of another source, where Python looks first.
import importlib.util
import os

import numpy

CACHED = importlib.util.cache_from_source(numpy.__file__)
os.makedirs(os.path.dirname(CACHED), exist_ok=True)
with open(CACHED, "wb") as file:
    file.write(importlib.util.MAGIC_NUMBER + bytes(12))


def solve(x, y):
    return x
