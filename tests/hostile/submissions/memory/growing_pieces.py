# verdicts: memory_limit
# Takes 16 MB at a time until there is nothing left.
KEPT = []
while True:
    KEPT.append(bytearray(b"x" * (1 << 24)))


def solve(x, y):
    return x
