# verdicts: not_traceable
# Claims a fault of tracing.
class ConcretizationTypeError(Exception):
    pass


def solve(x, y):
    raise ConcretizationTypeError("\x1b[31m" * 1000)
