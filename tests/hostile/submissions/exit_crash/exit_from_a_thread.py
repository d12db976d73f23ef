# verdicts: runtime_error
# Ends the process from another thread while the function is traced.
import os
import threading
import time


def leave():
    time.sleep(0.05)
    os._exit(0)


def solve(x, y):
    threading.Thread(target=leave).start()
    time.sleep(60)
