# verdicts: wrong_answer, sandbox_violation
# A sort by a comparison that is no order.
import jax
import jax.export
from jaxlib.mlir.dialects import stablehlo

TEXT = """
func.func @main(%a: tensor<{n}xf32>, %b: tensor<{n}xf32>) -> tensor<{n}xf32> {{
  %s = "stablehlo.sort"(%a) ({{
    ^bb0(%x: tensor<f32>, %y: tensor<f32>):
      %t = stablehlo.compare NE, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %t : tensor<i1>
  }}) {{dimension = 0 : i64, is_stable = false}} : (tensor<{n}xf32>) -> tensor<{n}xf32>
  return %s : tensor<{n}xf32>
}}
"""
REAL = jax.export.export


class Forged:
    def __init__(self, exported, specs):
        self.out_avals = exported.out_avals
        text = TEXT.format(n=specs[0].shape[0])
        self.mlir_module_serialized = stablehlo.serialize_portable_artifact_str(text, stablehlo.get_current_version())


jax.export.export = lambda *a, **k: lambda *specs: Forged(REAL(*a, **k)(*specs), specs)


def solve(x, y):
    return 0 * x
