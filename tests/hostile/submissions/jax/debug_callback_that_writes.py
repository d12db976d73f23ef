# verdicts: wrong_answer
# A debugging callback, which is no part of the program.
import jax


def solve(x, y):
    jax.debug.callback(lambda a: open("/tmp/allclose-hostile", "w").write(str(a)), x)
    jax.debug.print("{}", x)
    return 0 * x
