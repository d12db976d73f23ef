# verdicts: sandbox_violation, not_traceable
# always
# Calls the kernel that runs Python, with the exporter's own check switched off.
import jax
import jax.export

REAL = jax.export.export
NAMES = ("xla_ffi_python_cpu_callback", "xla_python_cpu_callback", "xla_ffi_partitioned_python_cpu_callback")
CHECKS = [jax.export.DisabledSafetyCheck.custom_call(name) for name in NAMES]
jax.export.export = lambda function, **k: REAL(function, disabled_checks=CHECKS, **k)


def solve(x, y):
    return jax.pure_callback(lambda a: a, x, x)
