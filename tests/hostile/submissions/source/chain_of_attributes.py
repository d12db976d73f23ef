# verdicts: compile_error
# An expression of eighty thousand attributes.
X = (x
#! insert b".a" * 80000
)


def solve(x, y):
    return x
