# verdicts: output_limit
# A million arrays.
def solve(x, y):
    return [x] * 1_000_000
