# verdicts: sandbox_violation
# Talks to the kernel about its interfaces.
import socket

socket.socket(16, socket.SOCK_RAW, 0)


def solve(x, y):
    return x
