# verdicts: time_limit
# Loops for ever once it is called.
def solve(x, y):
    while True:
        pass
