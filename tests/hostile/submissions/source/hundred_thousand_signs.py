# verdicts: compile_error
# A number with a hundred thousand signs before it.
X = (
#! insert b"-" * 100000
1)


def solve(x, y):
    return x
