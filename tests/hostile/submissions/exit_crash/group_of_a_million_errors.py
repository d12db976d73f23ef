# verdicts: runtime_error, memory_limit
# An exception group nested in itself, and as wide as it is deep.
def solve(x, y):
    error = ValueError("x" * 1000)
    for _ in range(2000):
        error = ExceptionGroup("x" * 1000, [error] * 50)
    raise error
