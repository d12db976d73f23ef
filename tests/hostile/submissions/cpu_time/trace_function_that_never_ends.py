# verdicts: time_limit
# Hangs in the trace function of the interpreter, on the first call that comes after the import.
import sys


def trace(frame, event, argument):
    while frame.f_code.co_name != "solve":
        pass
    return trace


sys.setprofile(trace)


def solve(x, y):
    return x
