# verdicts: sandbox_violation
# Another name for the machine.
import socket

socket.sethostname("allclose-hostile")


def solve(x, y):
    return x
