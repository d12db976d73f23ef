# verdicts: runtime_error, sandbox_violation
# Whatever folder Python itself thinks it may write to.
import tempfile

FILE = tempfile.TemporaryFile()
FILE.write(bytes(1 << 30))


def solve(x, y):
    return x
