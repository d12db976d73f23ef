# verdicts: time_limit, memory_limit
# One bytecode that computes for hours and lets no signal handler in.
NUMBER = pow(3, 10**9)


def solve(x, y):
    return x * NUMBER
