# verdicts: wrong_answer, runtime_error
# The description of an array in place of the array.
import jax


def solve(x, y):
    return jax.ShapeDtypeStruct(x.shape, x.dtype)
