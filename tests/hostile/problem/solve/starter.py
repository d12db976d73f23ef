def solve(x, y):
    return None
