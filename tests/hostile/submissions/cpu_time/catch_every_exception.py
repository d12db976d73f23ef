# verdicts: time_limit
# Turns every interruption that Python knows into another round.
def solve(x, y):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
        finally:
            continue
