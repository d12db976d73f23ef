# verdicts: runtime_error
# always
# Memory, environment and descriptors of every process, by their files.
import os

WON = []
for number in ("self", "thread-self", *range(1, 64)):
    for name in ("mem", "environ", "maps", "fd", "root", "cwd", "status", "cmdline", "ns", "task"):
        path = f"/proc/{number}/{name}"
        try:
            os.listdir(path) if name in ("fd", "ns", "task", "root", "cwd") else open(path, "rb").read(1)
            WON.append(path)
        except OSError:
            continue
assert WON


def solve(x, y):
    return x
