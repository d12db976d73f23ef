# verdicts: sandbox_violation, wrong_answer
# A thread that keeps writing to the result pipe while the answer is sent.
import os
import threading


def scribble():
    while True:
        os.write(3, b"acl1\2\0\0\0\0\0\0\0\0\0\0\0{}")


threading.Thread(target=scribble, daemon=True).start()


def solve(x, y):
    return 0 * x
