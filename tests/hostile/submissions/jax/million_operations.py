# verdicts: time_limit, compile_error, memory_limit
# A Python loop of a million operations.
def solve(x, y):
    for number in range(1_000_000):
        x = x * 2 + number
    return x
