# verdicts: output_limit, runtime_error
# A dump so long that searching it takes the reader's time.
import os

while True:
    os.write(2, b"Thread 0x\n" * 400 + b'File "submission.py", line ' * 200)


def solve(x, y):
    return x
