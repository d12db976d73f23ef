# verdicts: memory_limit
# run: memory_limit
# always
# Asks for 100 GB at once.
def solve(x, y):
    return [0] * (100 * 2**30 // 8)
