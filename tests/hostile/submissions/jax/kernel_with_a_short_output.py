# verdicts: sandbox_violation
# always
# A LAPACK kernel that writes sixty-four pivots into room for one.
import jax
import jax.numpy as jnp


def solve(x, y):
    types = [jax.ShapeDtypeStruct(*kind) for kind in (((64, 64), "float32"), ((1,), "int32"), ((), "int32"))]
    return jax.ffi.ffi_call("lapack_sgetrf_ffi", types)(jnp.ones((64, 64)) * x[0])[0][0, : x.shape[0]]
