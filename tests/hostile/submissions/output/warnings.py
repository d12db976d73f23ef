# verdicts: output_limit
# Warns for ever, where no filter holds it back.
import warnings

warnings.simplefilter("always")
while True:
    warnings.warn("x" * 500, stacklevel=1)


def solve(x, y):
    return x
