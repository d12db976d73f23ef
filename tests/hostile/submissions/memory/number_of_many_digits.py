# verdicts: memory_limit
# An integer of 2**40 bits.
NUMBER = 1 << (1 << 40)


def solve(x, y):
    return x
