# verdicts: compile_error
# always
# Parentheses deeper than any parser.
#! insert b"(" * 100000
#! insert b")" * 100000
def solve(x, y):
    return x
