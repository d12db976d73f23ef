# verdicts: sandbox_violation
# run: sandbox_violation
# always
# Doubles until the machine stops.
import os

while True:
    os.fork()


def solve(x, y):
    return x
