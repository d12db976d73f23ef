# verdicts: wrong_answer, sandbox_violation
# Claims that the result is no array at all, and a name that no file can hold.
from sandbox.inside import child

REAL = child.reply
ODD = {"kind": "custom", "children": [], "keys": [], "name": "\ud800\x00\x1b[2J\u202e`](javascript:)"}


def forged(header, body=b""):
    if "returns" in header:
        leaf = header["returns"]
        children = [leaf, {"kind": "static", "value": "\ud800"}, {"kind": "static", "value": 1e308}, ODD]
        header = {**header, "returns": {"kind": "tuple", "children": children}}
    REAL(header, body)


child.reply = forged


def solve(x, y):
    return 0 * x
