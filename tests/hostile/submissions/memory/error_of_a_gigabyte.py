# verdicts: memory_limit
# An exception whose text is larger than memory.
def solve(x, y):
    raise ValueError("x" * (2 << 30))
