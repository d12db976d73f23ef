# verdicts: runtime_error
# run: runtime_error
# always
# Ends the process with success, in the middle of a case.
import os


def solve(x, y):
    os._exit(0)
