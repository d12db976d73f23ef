# verdicts: compile_error
# A statement that is wrong where it stands.
def solve(x, y):
    return x


return solve
