# verdicts: runtime_error, memory_limit
# A fatal error with a text of its own.
import ctypes

ctypes.pythonapi.Py_FatalError(b"accepted\nMemoryError\nbad_alloc")


def solve(x, y):
    return x
