# verdicts: sandbox_violation, runtime_error
# A child behind a terminal of its own.
import pty

pty.fork()


def solve(x, y):
    return x
