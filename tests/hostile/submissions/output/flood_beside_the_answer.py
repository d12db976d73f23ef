# verdicts: output_limit, wrong_answer
# Prints without end from a thread, while a wrong answer is on its way.
import os
import threading
import time


def flood():
    while True:
        os.write(1, b"x" * 4096)


threading.Thread(target=flood, daemon=True).start()


def solve(x, y):
    time.sleep(0.3)
    return 0 * x
