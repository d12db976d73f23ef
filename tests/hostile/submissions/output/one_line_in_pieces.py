# verdicts: output_limit
# A line that never ends.
import sys

while True:
    sys.stdout.write("x" * 4096)
    sys.stdout.flush()


def solve(x, y):
    return x
