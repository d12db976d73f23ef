# verdicts: runtime_error, sandbox_violation
# Files without a name, which no listing shows.
import os

WON = False
for folder in ("/", "/tmp", "/dev", "/dev/shm", "/var/tmp", "/run", os.path.dirname(os.__file__)):
    try:
        os.open(folder, os.O_TMPFILE | os.O_RDWR)
        WON = True
    except OSError:
        continue
assert WON


def solve(x, y):
    return x
