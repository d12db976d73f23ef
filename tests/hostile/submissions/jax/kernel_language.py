# verdicts: not_traceable, runtime_error, sandbox_violation, wrong_answer
# A kernel written in Pallas.
import jax
from jax.experimental import pallas


def solve(x, y):
    def kernel(a, out):
        out[...] = a[...] * 0

    return pallas.pallas_call(kernel, out_shape=jax.ShapeDtypeStruct(x.shape, x.dtype))(x)
