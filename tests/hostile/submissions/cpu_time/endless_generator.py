# verdicts: wrong_answer
# Returns a generator that never ends, in the hope that somebody makes a list of it.
import itertools


def solve(x, y):
    return (x * number for number in itertools.count())
