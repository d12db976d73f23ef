# verdicts: time_limit
# Hangs while an object is thrown away.
class Sticky:
    def __del__(self):
        while True:
            pass


def solve(x, y):
    del_me = Sticky()
    del del_me
    return x
