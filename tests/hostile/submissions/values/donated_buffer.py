# verdicts: wrong_answer, runtime_error
# Gives its inputs away inside the program.
import warnings

import jax

warnings.simplefilter("ignore")


def solve(x, y):
    other = jax.jit(lambda a: a * 0, donate_argnums=0)(x)
    return other + 0 * x
