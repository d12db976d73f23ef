# verdicts: time_limit
# Hangs when the result is asked what it is.
class Slow(tuple):
    @property
    def _fields(self):
        while True:
            pass


def solve(x, y):
    return Slow((x, y))
