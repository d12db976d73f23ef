# verdicts: not_traceable
# run: runtime_error
# always
# Python in the middle of the program, where the hidden values are.
import jax
import numpy as np


def peek(x):
    open("/etc/passwd").read()
    return np.asarray(x)


def solve(x, y):
    return jax.pure_callback(peek, x, x)
