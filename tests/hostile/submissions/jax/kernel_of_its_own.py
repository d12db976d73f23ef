# verdicts: sandbox_violation, not_traceable, runtime_error
# Registers machine code of its own as a kernel and calls it.
import ctypes

import jax
import jax.export

REAL = jax.export.export
CHECK = jax.export.DisabledSafetyCheck.custom_call("allclose_hostile")
jax.export.export = lambda function, **k: REAL(function, disabled_checks=[CHECK], **k)
jax.ffi.register_ffi_target("allclose_hostile", jax.ffi.pycapsule(ctypes.CDLL(None).system), platform="cpu")


def solve(x, y):
    return jax.ffi.ffi_call("allclose_hostile", x)(x)
