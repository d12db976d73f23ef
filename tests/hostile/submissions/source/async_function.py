# verdicts: compile_error
# A function that returns before it has run.
async def solve(x, y):
    return x
