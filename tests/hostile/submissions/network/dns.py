# verdicts: sandbox_violation, runtime_error
# Asks for a name, in which anything can be told.
import socket

socket.getaddrinfo("allclose-hostile.example.com", 80)
raise SystemExit("the name was found")


def solve(x, y):
    return x
