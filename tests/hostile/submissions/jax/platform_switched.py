# verdicts: runtime_error, not_traceable
# Another machine to run on.
import jax

jax.config.update("jax_platforms", "cuda,tpu")


def solve(x, y):
    return 0 * jax.numpy.ones(3)[0] + x * 0
