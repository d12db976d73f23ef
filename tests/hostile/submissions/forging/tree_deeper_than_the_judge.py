# verdicts: sandbox_violation, wrong_answer
# Claims a tree that is deeper than any may be.
from sandbox.inside import child, trace

REAL = child.reply
trace.trees.to_json = lambda tree: {"kind": "none"}


def forged(header, body=b""):
    if "returns" in header:
        tree = {"kind": "none"}
        for _ in range(200):
            tree = {"kind": "list", "children": [tree]}
        header = {**header, "returns": tree}
    REAL(header, body)


child.reply = forged


def solve(x, y):
    return 0 * x
