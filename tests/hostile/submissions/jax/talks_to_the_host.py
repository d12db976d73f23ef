# verdicts: sandbox_violation
# Asks the host for values from inside the program.
import jax
import jax.export
from jaxlib.mlir.dialects import stablehlo

REAL = jax.export.export
TEXT = """
func.func @main(%a: tensor<{n}xf32>, %b: tensor<{n}xf32>) -> tensor<{n}xf32> {{
  %t = stablehlo.create_token : !stablehlo.token
  %r:2 = "stablehlo.infeed"(%t) {{infeed_config = "allclose-hostile", layout = [[0]]}}
    : (!stablehlo.token) -> (tensor<{n}xf32>, !stablehlo.token)
  return %r#0 : tensor<{n}xf32>
}}
"""


class Forged:
    def __init__(self, exported, specs):
        self.out_avals = exported.out_avals
        text = TEXT.format(n=specs[0].shape[0])
        self.mlir_module_serialized = stablehlo.serialize_portable_artifact_str(text, stablehlo.get_current_version())


jax.export.export = lambda *a, **k: lambda *specs: Forged(REAL(*a, **k)(*specs), specs)


def solve(x, y):
    return 0 * x
