# verdicts: wrong_answer, time_limit
# always
# Leaves busy threads behind a wrong answer, so that the next job would find the processors taken.
import threading


def burn():
    while True:
        pass


for _ in range(8):
    threading.Thread(target=burn, daemon=False).start()


def solve(x, y):
    return 0 * x
