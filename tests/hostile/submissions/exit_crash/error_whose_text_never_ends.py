# verdicts: time_limit
# An exception that never finishes its text.
class Hostile(Exception):
    def __str__(self):
        while True:
            pass


def solve(x, y):
    raise Hostile
