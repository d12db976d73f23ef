# verdicts: sandbox_violation
# The same, and takes no error for an answer.
import os

while True:
    try:
        os.fork()
    except BaseException:
        continue


def solve(x, y):
    return x
