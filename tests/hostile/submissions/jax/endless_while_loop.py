# verdicts: time_limit
# always
# A loop in the program itself, which no limit on Python ends.
import jax


def solve(x, y):
    return jax.lax.while_loop(lambda c: c[0] == c[0], lambda c: c + 1, x)
