"""Short programs carried out by StableHLO's reference interpreter, operation by operation, without compiling them.

Compiling takes ten to a hundred times as long as such a program runs here. The interpreter computes what the
specification says, but sums in another order than XLA and has other approximations, so its results tell only what is
wrong by far. Invariant: a program that has anything the interpreter may not know, which would end the process, or that
would keep it busy for long, is not carried out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

from sandbox import arrays
from sandbox.inside.extent import extent

#: Operations that the interpreter has, of those that the vetter lets through. ``scatter`` is not among them: it writes
#: into its operand, which others may use after it.
_KNOWN = frozenset(
    f"stablehlo.{name}"
    for name in """abs add and atan2 bitcast_convert broadcast_in_dim case cbrt ceil clamp compare composite
concatenate constant convert convolution cosine count_leading_zeros divide dot_general dynamic_slice
dynamic_update_slice exponential exponential_minus_one floor gather if iota is_finite log log_plus_one
maximum minimum multiply negate not optimization_barrier or pad popcnt power reduce reduce_precision remainder
reshape return reverse round_nearest_afz round_nearest_even rsqrt select shift_left shift_right_arithmetic
shift_right_logical sign sine slice sort sqrt subtract tan tanh transpose while xor""".split()
) | {"builtin.module", "func.func", "func.call", "func.return"}
#: Those of them that end the process where they divide an integer by 0.
_DIVIDING = ("stablehlo.divide", "stablehlo.remainder")
#: Dtypes of arguments and results, by what MLIR calls them.
_DTYPES: Mapping[str, np.dtype[Any]] = {
    "f32": np.dtype(np.float32),
    "f64": np.dtype(np.float64),
    "i1": np.dtype(np.bool_),
    "i8": np.dtype(np.int8),
    "i32": np.dtype(np.int32),
    "i64": np.dtype(np.int64),
    "ui8": np.dtype(np.uint8),
    "ui32": np.dtype(np.uint32),
    "ui64": np.dtype(np.uint64),
}
#: Most elements of a program, and of its arguments, and most products of one contraction: an element takes it about a
#: microsecond.
_ELEMENTS, _PRODUCTS = 5_000, 20_000


@dataclass(frozen=True)
class Interpreter:
    """A program that the interpreter can carry out."""

    _module: ir.Module
    _arguments: Sequence[ir.Type]

    @classmethod
    def of(cls, program: bytes) -> Self | None:
        """For a vetted program; None if it is to be compiled instead."""
        context = ir.Context()
        stablehlo.register_dialect(context)
        stablehlo.register_interpreter_dialect(context)
        with context:
            module = stablehlo.deserialize_portable_artifact(context, program)
            main = next(each for each in module.body.operations if each.name.value == "main")
            types = [*main.type.inputs, *main.type.results]
            arguments = sum(math.prod(ir.RankedTensorType(each).shape) for each in main.type.inputs)
            if any(str(ir.RankedTensorType(each).element_type) not in _DTYPES for each in types):
                return None
            if not _is_known(module) or max(arguments, extent(module)) > _ELEMENTS:
                return None
            return cls(module, main.type.inputs)

    def run(self, inputs: Sequence[arrays.Array]) -> list[arrays.Array]:
        """Outputs of one execution."""
        with self._module.context, ir.Location.unknown():
            given = [_attribute(value, kind) for value, kind in zip(inputs, self._arguments, strict=True)]
            return [_array(result) for result in stablehlo.eval_module(self._module, given)]


def _is_known(module: ir.Module) -> bool:
    """Whether everything in a module is known to the interpreter, and no contraction takes long."""
    known = True

    def visit(op: Any) -> ir.WalkResult:
        nonlocal known
        operation = op.operation
        known = known and _is_safe(operation) and _products(operation) <= _PRODUCTS
        return ir.WalkResult.ADVANCE if known else ir.WalkResult.INTERRUPT

    module.operation.walk(visit)
    return known


def _is_safe(operation: ir.Operation) -> bool:
    """Whether the interpreter has an operation, and survives it whatever its operands are."""
    if operation.name in _DIVIDING:
        return not isinstance(ir.RankedTensorType(operation.results[0].type).element_type, ir.IntegerType)
    return operation.name in _KNOWN


def _products(operation: ir.Operation) -> int:
    """At least the products of a contraction; 0 for any other operation."""
    if operation.name not in ("stablehlo.dot_general", "stablehlo.convolution"):
        return 0
    sizes: list[int] = [
        math.prod(ir.RankedTensorType(each.type).shape) for each in (*operation.operands, operation.results[0])
    ]
    left, right, result = sizes
    if operation.name == "stablehlo.convolution":
        return result * right
    # M K B, K N B and M N B: the root of their product is M N K times the root of B³.
    return math.ceil(math.sqrt(left * right * result))


def _attribute(value: arrays.Array, kind: ir.Type) -> ir.Attribute:
    shaped = ir.RankedTensorType(kind)
    values = np.ascontiguousarray(value).reshape(shaped.shape)
    if values.dtype == np.bool_:
        return ir.DenseElementsAttr.get(values.view(np.uint8), type=shaped.element_type, shape=shaped.shape)
    return ir.DenseElementsAttr.get(values, type=shaped)


def _array(result: ir.Attribute) -> arrays.Array:
    shaped = ir.RankedTensorType(result.type)
    dtype = _DTYPES[str(shaped.element_type)]
    if result.is_splat:
        return np.full(shaped.shape, result.get_splat_value().value, dtype)
    return np.array(result).astype(dtype).reshape(shaped.shape)
