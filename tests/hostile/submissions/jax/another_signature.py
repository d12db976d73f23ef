# verdicts: not_traceable, sandbox_violation
# The program of another signature: one input more.
import jax
import jax.export

REAL = jax.export.export


def export(function, **options):
    def one_more(*specs):
        real = REAL(function, **options)(*specs)
        wide = REAL(jax.jit(lambda a, b, c: [0 * a], keep_unused=True), **options)(*specs, specs[0])

        class Forged:
            out_avals = real.out_avals
            mlir_module_serialized = wide.mlir_module_serialized

        return Forged

    return one_more


jax.export.export = export


def solve(x, y):
    return 0 * x
