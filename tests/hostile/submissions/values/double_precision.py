# verdicts: wrong_answer
# Twice the digits that were asked for.
import jax

jax.config.update("jax_enable_x64", True)


def solve(x, y):
    return (x * (x @ y)).astype("float64")
