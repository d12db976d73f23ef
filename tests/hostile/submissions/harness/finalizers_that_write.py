# verdicts: wrong_answer, sandbox_violation
# Objects that write a result when they are thrown away, after the real one.
import atexit
import json
import os
import weakref


def write():
    header = json.dumps({"type": "evaluated", "draw": 0, "verdict": "accepted", "arrays": []}).encode()
    os.write(3, b"acl1" + len(header).to_bytes(4, "little") + bytes(8) + header)


class Last:
    def __del__(self):
        write()


KEPT = Last()
weakref.finalize(KEPT, write)
atexit.register(write)


def solve(x, y):
    return 0 * x
