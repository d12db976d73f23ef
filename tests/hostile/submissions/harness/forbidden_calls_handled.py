# verdicts: runtime_error
# always
# Handles the signal that forbidden calls raise, and goes on as if they had worked.
import os
import signal
import socket

signal.signal(signal.SIGSYS, lambda *_: None)
WON = []
for attempt in (os.fork, socket.socket, lambda: os.setuid(0), lambda: os.kill(1, 9)):
    try:
        WON.append(attempt())
    except OSError:
        continue
assert not WON, WON
raise SystemExit("nothing worked")


def solve(x, y):
    return x
