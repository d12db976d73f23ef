# verdicts: runtime_error, sandbox_violation
# always
# Writes to a file that it opened for reading, by every call that could.
import mmap
import os

import numpy

FILE = os.open(numpy.__file__, os.O_RDONLY)
READ, WRITE = os.pipe()
os.write(WRITE, b"allclose-hostile")
WON = []
for attempt in (
    lambda: os.write(FILE, b"x"),
    lambda: os.pwrite(FILE, b"x", 0),
    lambda: os.posix_fallocate(FILE, 0, 1 << 20),
    lambda: os.splice(READ, FILE, 10),
    lambda: os.sendfile(FILE, READ, 0, 10),
    lambda: os.copy_file_range(READ, FILE, 10),
    lambda: mmap.mmap(FILE, 0, mmap.MAP_SHARED, mmap.PROT_WRITE),
):
    try:
        attempt()
        WON.append(attempt)
    except OSError:
        continue
assert WON


def solve(x, y):
    return x
