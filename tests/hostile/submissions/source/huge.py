# verdicts: compile_error
# run: compile_error
# More than anybody types.
def solve(x, y):
    return x
#! insert b"# allclose\n" * 30000
