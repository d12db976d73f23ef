# verdicts: runtime_error, sandbox_violation
# Another name for a file of somebody else's.
import os

import numpy

WON = []
for source in (numpy.__file__, "/dev/null", "/etc/shadow"):
    for folder in ("/", "/tmp", os.path.dirname(numpy.__file__)):
        try:
            os.link(source, f"{folder}/allclose-hostile")
            WON.append(source)
        except OSError:
            continue
assert WON


def solve(x, y):
    return x
