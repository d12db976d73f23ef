# verdicts: output_limit
# A tuple nested a hundred thousand times.
def solve(x, y):
    tree = x
    for _ in range(100_000):
        tree = (tree,)
    return tree
