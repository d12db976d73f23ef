# verdicts: time_limit
# Handles or ignores every signal it can, then loops.
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN if number % 2 else lambda *_: None)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    pass


def solve(x, y):
    return x
