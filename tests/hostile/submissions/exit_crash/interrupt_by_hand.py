# verdicts: runtime_error
# An exception that is meant for the process that judges.
def solve(x, y):
    raise KeyboardInterrupt("accepted")
