# verdicts: runtime_error
# always
# Hangs in an exit hook, and leaves by the front door.
import atexit
import sys
import threading


def spin():
    while True:
        pass


atexit.register(spin)
threading.Thread(target=spin).start()
sys.exit(0)


def solve(x, y):
    return x
