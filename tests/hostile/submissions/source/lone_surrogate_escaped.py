# verdicts: runtime_error
# A string that is text to Python and to nobody else, in a name and in a message.
globals()["solve\ud800"] = None
raise ValueError("\ud800" * 100)


def solve(x, y):
    return x
