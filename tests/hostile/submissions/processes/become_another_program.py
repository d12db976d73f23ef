# verdicts: sandbox_violation
# always
# Replaces itself by a program that has no limits of its own.
import os
import sys

os.execv(sys.executable or "/usr/bin/python3", ["python3", "-c", "while True: pass"])


def solve(x, y):
    return x
