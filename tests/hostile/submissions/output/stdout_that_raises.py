# verdicts: runtime_error
# A standard output that cannot be flushed.
import sys


class Broken:
    def write(self, text):
        raise SystemExit(text)

    def flush(self):
        raise KeyboardInterrupt


sys.stdout = sys.stderr = Broken()


def solve(x, y):
    return 0 * x
