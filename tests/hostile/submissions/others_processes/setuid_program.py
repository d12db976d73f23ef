# verdicts: sandbox_violation
# A program that makes whoever starts it root.
import os

for path in ("/bin/su", "/usr/bin/sudo", "/usr/bin/mount", "/usr/bin/passwd"):
    os.execv(path, [path])


def solve(x, y):
    return x
