# verdicts: output_limit
# Dumps its own stack for ever, as the sandbox does on a fatal signal.
import faulthandler

while True:
    faulthandler.dump_traceback()


def solve(x, y):
    return x
