# verdicts: not_traceable, wrong_answer
# Another default precision for everything that comes after.
import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_default_matmul_precision", "bfloat16")
jax.config.update("jax_numpy_dtype_promotion", "strict")
jax.config.update("jax_disable_jit", True)
jax.config.update("jax_debug_nans", True)


def solve(x, y):
    return 0 * x
