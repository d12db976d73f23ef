# verdicts: sandbox_violation
# always
# Answers in the tracer's place: done, before anything was traced.
from sandbox.inside import child

REAL = child.reply
child.reply = lambda header, body=b"": REAL({"type": "done"})


def solve(x, y):
    return 0 * x
