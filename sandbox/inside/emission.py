"""How much code XLA's older emitter of fused loops would write for a program.

It writes an operand anew for each of its uses, unless the value already written can be reached from the place: a loop
between them ends that. So a chain of values that are used twice and of sums doubles with every link, and minutes go by
(``hypot`` of seven norms). Its newer emitters do not, but take longer for ordinary programs. Invariant: no number
grows with the program beyond ``_MOST``, whatever it is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

from sandbox.inside.live import CALLS, callee

#: Operations that are never part of a fused loop: what they use is written once, however often they are used.
_APART = frozenset(
    {
        "stablehlo.case",
        "stablehlo.cholesky",
        "stablehlo.convolution",
        "stablehlo.custom_call",
        "stablehlo.fft",
        "stablehlo.if",
        "stablehlo.rng_bit_generator",
        "stablehlo.sort",
        "stablehlo.triangular_solve",
        "stablehlo.while",
    }
)
#: Operations that are written with loops or branches of their own.
_BRANCHING = frozenset(
    {
        "stablehlo.concatenate",
        "stablehlo.dot_general",
        "stablehlo.dynamic_update_slice",
        "stablehlo.gather",
        "stablehlo.pad",
        "stablehlo.reduce",
        "stablehlo.reduce_window",
        "stablehlo.reverse",
        "stablehlo.scatter",
        "stablehlo.select_and_scatter",
    }
)


#: Beyond this nothing is counted: a chain of n links would make numbers of n bits.
_MOST = 1 << 40


def emissions(module: ir.Module) -> int:
    """How often operations with loops or branches of their own may be written: in all, in the worst computation.

    Args:
        module: a vetted program, so no function calls itself. Bodies of loops are computations of their own.
    """
    functions = {ir.StringAttr(each.attributes["sym_name"]).value: each for each in module.body.operations}
    return _Bodies(functions).worst()


@dataclass(frozen=True)
class _Times:
    """How often something is written: ``each`` for every time that all results of its body are, and ``once`` more."""

    each: int = 0
    once: int = 0

    @property
    def total(self) -> int:
        """Where its body's results are written once."""
        return self.each + self.once

    def __add__(self, other: _Times) -> _Times:
        return _Times(min(self.each + other.each, _MOST), min(self.once + other.once, _MOST))

    def within(self, call: _Times) -> _Times:
        """The same in the body that calls this one so often."""
        return _Times(min(self.each * call.each, _MOST), min(self.each * call.once + self.once, _MOST))


class _Bodies:
    """What has been found about the functions of a module, each looked at once."""

    def __init__(self, functions: dict[str, ir.Operation]) -> None:
        self._functions = functions
        self._known: dict[str, tuple[list[_Times], _Times]] = {}
        self._worst = 0

    def worst(self) -> int:
        """The most that one computation may take."""
        return max(self._function("main")[1].total, self._worst)

    def _function(self, name: str) -> tuple[list[_Times], _Times]:
        """How often each argument of a function is written, and its branching operations in all."""
        if name not in self._known:
            self._known[name] = self._block(self._functions[name].regions[0].blocks[0])
        return self._known[name]

    def _block(self, block: ir.Block) -> tuple[list[_Times], _Times]:
        written: defaultdict[ir.Value, _Times] = defaultdict(_Times)
        total = _Times()
        for each in reversed(list(block.operations)):
            operation = each.operation
            name, operands = operation.name, operation.operands
            times = sum((written[result] for result in operation.results), _Times())
            uses = [times] * len(operands)
            if name in CALLS:
                arguments, inside = self._function(callee(operation))
                uses = [argument.within(times) for argument in arguments]
                total += inside.within(times)
            elif not operation.results:
                uses = [_Times(each=1)] * len(operands)
            elif name in _APART or _is_of_matrices(operation):
                uses = [_Times(once=1)] * len(operands)
                for inner in (inner for region in operation.regions for inner in region):
                    found = self._block(inner)[1].total  # which may find a worse one itself
                    self._worst = max(self._worst, found)
            elif name in _BRANCHING:
                total += times
            for operand, count in zip(operands, uses, strict=True):
                written[operand] += count
        return [written[argument] for argument in block.arguments], total


def _is_of_matrices(operation: ir.Operation) -> bool:
    """Whether it is a product of two matrices, which is computed apart; one with a vector, or outer, may not be."""
    if operation.name != "stablehlo.dot_general":
        return False
    numbers = stablehlo.DotDimensionNumbers(operation.attributes["dot_dimension_numbers"])
    sides = (
        (operation.operands[0], numbers.lhs_contracting_dimensions, numbers.lhs_batching_dimensions),
        (operation.operands[1], numbers.rhs_contracting_dimensions, numbers.rhs_batching_dimensions),
    )
    for operand, contracted, batched in sides:
        shape = ir.RankedTensorType(operand.type).shape
        free = set(range(len(shape))) - {*contracted, *batched}
        if min(math.prod(shape[axis] for axis in axes) for axes in (contracted, free)) <= 1:
            return False
    return True
