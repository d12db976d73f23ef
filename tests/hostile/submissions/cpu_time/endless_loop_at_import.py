# verdicts: time_limit
# run: time_limit
# always
# Loops for ever before there is a function.
while True:
    pass


def solve(x, y):
    return x
