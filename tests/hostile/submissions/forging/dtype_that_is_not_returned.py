# verdicts: sandbox_violation, wrong_answer
# Claims float32 for a program that returns float16.
import jax.export

REAL = jax.export.export


class Forged:
    def __init__(self, exported):
        self.mlir_module_serialized = exported.mlir_module_serialized
        self.out_avals = [jax.core.ShapedArray(aval.shape, "float32") for aval in exported.out_avals]


jax.export.export = lambda *a, **k: lambda *specs: Forged(REAL(*a, **k)(*specs))


def solve(x, y):
    return (0 * x).astype("float16")
