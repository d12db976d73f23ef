# verdicts: sandbox_violation
# run: sandbox_violation
# always
# Calls home.
import socket

socket.create_connection(("93.184.215.14", 80), timeout=1)


def solve(x, y):
    return x
