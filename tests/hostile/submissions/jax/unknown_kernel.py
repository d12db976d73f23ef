# verdicts: sandbox_violation, not_traceable
# A call of a kernel that nobody has.
import jax
import jax.export

REAL = jax.export.export
CHECK = jax.export.DisabledSafetyCheck.custom_call("allclose_hostile")
jax.export.export = lambda function, **k: REAL(function, disabled_checks=[CHECK], **k)


def solve(x, y):
    return jax.ffi.ffi_call("allclose_hostile", x)(x)
