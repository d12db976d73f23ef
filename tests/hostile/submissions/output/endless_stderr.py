# verdicts: output_limit
# Writes to standard error for ever.
import os

while True:
    os.write(2, b"x" * 1000)


def solve(x, y):
    return x
