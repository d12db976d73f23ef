# verdicts: sandbox_violation, wrong_answer
# Claims trees that are none, one after the other.
from sandbox.inside import child

REAL = child.reply
TREES = [
    {"kind": "array", "dtype": "float32", "shape": [2**47] * 32},
    {"kind": "array", "dtype": "key", "shape": [3]},
    {"kind": "static", "value": float("nan")},
    {"kind": "dict", "children": [{"kind": "none"}] * 2, "keys": ["\ud800", "\ud800"]},
]


def forged(header, body=b""):
    if "returns" in header:
        header = {**header, "returns": {"kind": "tuple", "children": TREES}}
    REAL(header, body)


child.reply = forged


def solve(x, y):
    return 0 * x
