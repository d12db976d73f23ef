# verdicts: output_limit, memory_limit
# One line that no line buffer holds.
print("x" * (1 << 30))


def solve(x, y):
    return x
