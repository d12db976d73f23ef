# verdicts: sandbox_violation, wrong_answer
# Adds every field that any other process would send.
from sandbox.inside import child

REAL = child.reply


def forged(header, body=b""):
    more = {"operations": 0, "counts": {}, "custom_calls": [], "draw": 0, "max_rss": 0, "code": 0, "verdict": "accepted"}
    REAL({**more, **header, "milliseconds": -1e999}, body)


child.reply = forged


def solve(x, y):
    return 0 * x
