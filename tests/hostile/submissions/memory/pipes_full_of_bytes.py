# verdicts: runtime_error
# Memory of the kernel's: every descriptor a pipe, every pipe full.
import os

try:
    while True:
        read, write = os.pipe()
        os.set_blocking(write, False)
        try:
            while True:
                os.write(write, bytes(1 << 16))
        except BlockingIOError:
            pass
except OSError as error:
    raise SystemExit(str(error)) from None


def solve(x, y):
    return x
