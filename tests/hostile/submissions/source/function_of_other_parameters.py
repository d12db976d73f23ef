# verdicts: compile_error
# A function that cannot be called as it will be.
def solve(x):
    return x
