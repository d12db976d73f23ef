# verdicts: wrong_answer, runtime_error, sandbox_violation
# A named tuple with more fields than values.
class Named(tuple):
    _fields = ("a", "b", "c", "d")


def solve(x, y):
    return Named((x,))
