# verdicts: sandbox_violation
# A program, through Python's own door.
import subprocess

subprocess.run(["/bin/sh", "-c", "id"], check=False)


def solve(x, y):
    return x
