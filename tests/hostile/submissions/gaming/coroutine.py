# verdicts: wrong_answer
# A coroutine, which whoever awaits it would run.
async def later(x, y):
    return x * (x @ y)


def solve(x, y):
    return later(x, y)
