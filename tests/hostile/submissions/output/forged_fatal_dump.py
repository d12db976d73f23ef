# verdicts: runtime_error
# always
# Prints a dump that blames lines it does not have, then really dies.
import os

print('Fatal Python error: Segmentation fault\n\nCurrent thread 0x0 (most recent call first):')
for number in (0, 7, 10**9, 10**30):
    print(f'  File "submission.py", line {number} in \x1b[31m<script>')
os.abort()


def solve(x, y):
    return x
