# verdicts: compile_error
# run: compile_error
# always
# Text that is no Python.
def solve(x, y)
    return x
