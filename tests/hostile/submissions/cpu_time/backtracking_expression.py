# verdicts: time_limit
# A regular expression that backtracks for ever inside C.
import re

re.match(r"(a+)+$", "a" * 64 + "b")


def solve(x, y):
    return x
