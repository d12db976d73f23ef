# verdicts: runtime_error
# Has the kernel send a signal to the owner of a descriptor, and makes another the owner.
import fcntl
import os

READ, WRITE = os.pipe()
fcntl.fcntl(READ, fcntl.F_SETOWN, os.getppid() or 1)
fcntl.fcntl(READ, 10, 9)  # F_SETSIG
fcntl.fcntl(READ, fcntl.F_SETFL, os.O_ASYNC)
os.write(WRITE, b"x")


def solve(x, y):
    return x
