# verdicts: wrong_answer, sandbox_violation
# Has the program write its result over its input, which the next value set may share.
import jax
import jax.export
from jaxlib.mlir.dialects import stablehlo

REAL = jax.export.export
TEXT = """
module attributes {{mhlo.input_output_alias = [], mhlo.num_partitions = 4 : i32, mhlo.num_replicas = 4 : i32}} {{
  func.func public @main(%a: tensor<{n}xf32> {{tf.aliasing_output = 0 : i32, jax.buffer_donor = true}},
      %b: tensor<{n}xf32> {{mhlo.layout_mode = "default", mhlo.memory_kind = "pinned_host"}})
      -> (tensor<{n}xf32> {{mhlo.sharding = "{{maximal device=3}}"}}) {{
    %0 = stablehlo.subtract %a, %a : tensor<{n}xf32>
    return %0 : tensor<{n}xf32>
  }}
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
