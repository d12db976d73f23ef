# verdicts: runtime_error
# always
# An exception whose class raises when it is asked for its name or its ancestors.
class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit(0)

    @property
    def __mro__(cls):
        raise SystemExit(0)

    def __instancecheck__(cls, instance):
        raise SystemExit(0)


class Hostile(Exception, metaclass=Meta):
    pass


def solve(x, y):
    raise Hostile
