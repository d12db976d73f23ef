# verdicts: wrong_answer
# The same in a place that is compiled and never reached.
def solve(x, y):
    if x is None:
        return 10**10**8 + 9**9**9
    return 0 * x
