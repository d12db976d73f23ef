# verdicts: runtime_error, sandbox_violation, wrong_answer
# Writes a profile to a file.
import jax

with jax.profiler.trace("/tmp/allclose-hostile"):
    jax.numpy.ones(3).block_until_ready()


def solve(x, y):
    return 0 * x
