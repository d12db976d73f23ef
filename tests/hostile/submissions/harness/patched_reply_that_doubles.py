# verdicts: sandbox_violation, wrong_answer, not_traceable
# Says everything twice.
from sandbox.inside import child

REAL = child.reply


def twice(header, body=b""):
    REAL(header, body)
    REAL(header, body)


child.reply = twice


def solve(x, y):
    return 0 * x
