# verdicts: not_traceable, sandbox_violation
# A program whose sizes are decided by values.
import jax
import jax.export

REAL = jax.export.export


def export(function, **options):
    def symbolic(*specs):
        real = REAL(function, **options)(*specs)
        size = jax.export.symbolic_shape("n")
        wide = [jax.ShapeDtypeStruct(size, spec.dtype) for spec in specs]

        class Forged:
            out_avals = real.out_avals
            mlir_module_serialized = REAL(jax.jit(lambda a, b: [0 * a], keep_unused=True), **options)(*wide).mlir_module_serialized

        return Forged

    return symbolic


jax.export.export = export


def solve(x, y):
    return 0 * x
