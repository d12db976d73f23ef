"""Which custom calls a vetted program may still make, and in which way.

A target is allowed only on its own platform, and only if its operands and results have exactly the types that JAX
itself gives them. Invariant: a target that has no rule in ``lapack`` or ``cuda`` is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

from sandbox.inside import cuda, lapack
from sandbox.inside.factor import REAL, Call, Type

#: Whose kernels a program for each platform may call.
_KERNELS: Mapping[str, ModuleType] = {"cpu": lapack, "cuda": cuda}

#: Calls that JAX makes on every platform and that nobody here can judge.
_UNCHECKED = frozenset({"ApproxTopK", "Sharding"})

#: What a kernel call of JAX's own carries. Its configuration stands in ``mhlo.backend_config`` and nowhere else: with
#: some API versions XLA reads ``backend_config``, so a call with both could show the vetter one and the kernel another.
_ATTRIBUTES = frozenset(
    {"call_target_name", "mhlo.backend_config", "operand_layouts", "result_layouts", "output_operand_aliases"}
)


def is_unchecked(target: str, platform: str) -> bool:
    """Whether JAX itself makes such calls on this platform, but there is no rule to check them by."""
    return target in _UNCHECKED or bool(_KERNELS[platform].is_unchecked(target))


def check(operation: ir.Operation, platform: str) -> str:
    """Why this custom call is refused, or an empty string."""
    target = str(ir.StringAttr(operation.attributes["call_target_name"]).value)
    kernels = _KERNELS[platform]
    found = kernels.rule(target)
    if found is None:
        return f"the program calls {target!r}, which is not allowed in a submission"
    if not _is_plain(operation):
        return f"the program calls {target!r} in another way than JAX does"
    element, rule = found
    try:
        call = _call(operation, element)
        fits = rule(call) == call.results
        fits = fits and all(call.operands[operand] == call.results[result] for operand, result in _aliases(operation))
        unread = not any(_is_used(operation.results[result]) for result in kernels.unwritten(target, call))
    except (LookupError, ValueError, TypeError):
        fits, unread = False, True
    if not fits:
        return f"the program calls {target!r} with shapes that do not belong together"
    return "" if unread else f"the program reads a result that {target!r} does not write"


def _is_plain(operation: ir.Operation) -> bool:
    own = {name for name in operation.attributes if "." not in name or name.startswith("mhlo.backend")}
    if not own <= _ATTRIBUTES or "mhlo.backend_config" not in own:
        return False
    return isinstance(operation.attributes["mhlo.backend_config"], ir.DictAttr)


def _call(operation: ir.Operation, element: str) -> Call:
    operands, results = tuple(map(_type, operation.operands)), tuple(map(_type, operation.results))
    if not element:
        _, element = operands[0]
    entries = ir.DictAttr(operation.attributes["mhlo.backend_config"])
    configuration = {entry.name: _number(entry.attr) for entry in entries}
    return Call(element if element in REAL else "", operands, results, configuration)


def _type(value: Any) -> Type:
    tensor = ir.RankedTensorType(value.type)
    return tuple(tensor.shape), str(tensor.element_type)


def _number(attribute: ir.Attribute) -> int:
    if isinstance(attribute, ir.BoolAttr):
        return int(bool(ir.BoolAttr(attribute).value))
    return int(ir.IntegerAttr(attribute).value)


def _aliases(operation: ir.Operation) -> list[tuple[int, int]]:
    """Operand and result that share a buffer, by index."""
    if "output_operand_aliases" not in operation.attributes:
        return []
    aliases = map(stablehlo.OutputOperandAlias, ir.ArrayAttr(operation.attributes["output_operand_aliases"]))
    return [(alias.operand_index, (*alias.output_tuple_indices, 0)[0]) for alias in aliases]


def _is_used(result: Any) -> bool:
    return any(True for _ in result.uses)
