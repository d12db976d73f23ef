# verdicts: sandbox_violation, not_traceable
# A LAPACK kernel for doubles on single floats.
import jax
import jax.numpy as jnp


def solve(x, y):
    types = [jax.ShapeDtypeStruct((3, 3), "float32"), jax.ShapeDtypeStruct((), "int32")]
    return jax.ffi.ffi_call("lapack_dpotrf_ffi", types)(jnp.eye(3) * x[0], uplo=76)[0][0]
