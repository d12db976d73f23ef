# verdicts: compile_error
# Forty functions, each of which calls the one before twice.
import jax
import jax.export
from jaxlib.mlir.dialects import stablehlo

REAL = jax.export.export


def text(n):
    kind = f"tensor<{n}xf32>"
    parts = [f"func.func private @f0(%a: {kind}) -> {kind} {{ %0 = stablehlo.sine %a : {kind} return %0 : {kind} }}"]
    for number in range(1, 40):
        call = f"func.call @f{number - 1}"
        parts.append(
            f"func.func private @f{number}(%a: {kind}) -> {kind} {{ %0 = {call}(%a) : ({kind}) -> {kind} "
            f"%1 = {call}(%0) : ({kind}) -> {kind} return %1 : {kind} }}"
        )
    main = f"%0 = func.call @f39(%a) : ({kind}) -> {kind} return %0 : {kind}"
    return "\n".join([*parts, f"func.func @main(%a: {kind}, %b: {kind}) -> {kind} {{ {main} }}"])


class Forged:
    def __init__(self, exported, specs):
        self.out_avals = exported.out_avals
        source = text(specs[0].shape[0])
        self.mlir_module_serialized = stablehlo.serialize_portable_artifact_str(source, stablehlo.get_current_version())


jax.export.export = lambda *a, **k: lambda *specs: Forged(REAL(*a, **k)(*specs), specs)


def solve(x, y):
    return 0 * x
