# verdicts: time_limit
# Hangs when the keys of a result are put in order.
class Key:
    def __str__(self):
        while True:
            pass


def solve(x, y):
    return {Key(): x, Key(): y}
