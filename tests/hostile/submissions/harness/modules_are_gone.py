# verdicts: runtime_error, wrong_answer
# Takes away the libraries that the rest of the job needs.
import sys

for name in list(sys.modules):
    if name.partition(".")[0] in ("jax", "jaxlib", "numpy", "sandbox"):
        del sys.modules[name]


def solve(x, y):
    return 0 * x
