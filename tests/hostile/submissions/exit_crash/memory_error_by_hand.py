# verdicts: memory_limit
# Claims that memory ran out.
def solve(x, y):
    raise MemoryError
