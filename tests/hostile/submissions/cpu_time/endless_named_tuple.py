# verdicts: output_limit
# Returns what looks like a named tuple and iterates for ever, over values that are no arrays.
class Endless(tuple):
    _fields = ("a", "b")

    def __iter__(self):
        while True:
            yield None


def solve(x, y):
    return Endless((x, y))
