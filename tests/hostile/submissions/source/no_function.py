# verdicts: compile_error
# Another function than the one that was asked for.
def solved(x, y):
    return x
