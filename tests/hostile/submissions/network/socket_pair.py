# verdicts: sandbox_violation
# A pair of sockets, over which descriptors can be passed.
import socket

socket.socketpair()


def solve(x, y):
    return x
