# verdicts: runtime_error
# Objects on the failing line that raise when they are looked at.
class Hostile:
    @property
    def __class__(self):
        raise SystemExit(0)

    def __getattr__(self, name):
        raise SystemExit(0)


THING = Hostile()


def solve(x, y):
    value = THING
    return value + x
