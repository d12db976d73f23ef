# verdicts: wrong_answer, runtime_error
# Keys that are equal, unequal and out of order at once.
class Key:
    def __eq__(self, other):
        return False

    def __hash__(self):
        return 1

    def __str__(self):
        raise SystemExit("no order")

    __repr__ = __str__


def solve(x, y):
    return {Key(): x, Key(): y, 1: x, None: y, (): x}
