# verdicts: sandbox_violation
# always
# A name that is in no file system, to be found by another job.
import socket

with socket.socket(socket.AF_UNIX) as connection:
    connection.bind("\0allclose-hostile")


def solve(x, y):
    return x
