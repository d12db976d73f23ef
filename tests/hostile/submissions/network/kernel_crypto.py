# verdicts: sandbox_violation
# The kernel's cryptography, a favourite of escapes (AF_ALG).
import socket

socket.socket(38, socket.SOCK_SEQPACKET, 0)


def solve(x, y):
    return x
