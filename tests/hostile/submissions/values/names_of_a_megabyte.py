# verdicts: wrong_answer, runtime_error
# A named tuple whose fields are no text, and a class whose name is a megabyte.
class Named(tuple):
    _fields = (1, None, "x" * 10**6)


def solve(x, y):
    return type("N" * 10**6, (Named,), {})((x, y, x))
