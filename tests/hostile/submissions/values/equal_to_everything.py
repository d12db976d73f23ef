# verdicts: wrong_answer
# always
# An object that is equal to whatever it is compared with.
class Equal:
    shape, ndim, size = (3,), 1, 3

    def __eq__(self, other):
        return True

    __hash__ = object.__hash__
    __lt__ = __le__ = __gt__ = __ge__ = __ne__ = __eq__

    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self


def solve(x, y):
    return Equal()
