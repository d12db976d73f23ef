# verdicts: output_limit
# Sixty lists, each of which holds the one before twice: as many paths as no one can walk.
def solve(x, y):
    tree = ()
    for _ in range(60):
        tree = (tree, tree)
    return tree
