"""How many elements a program computes, as far as the program says.

It tells a program that runs for microseconds from one that may run for long. What it cannot tell counts as without end:
a loop that no counter ends, and a sliding window. Invariant: the figure is for choosing how to compile, and nothing
that is promised rests on it, for a program can be written to look shorter than it is.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

from jaxlib.mlir import ir

from sandbox.inside.live import CALLS, callee

#: Operations whose region is computed for every place of a window, or whose cost has little to do with their size.
_WINDOWS = frozenset({"stablehlo.cholesky", "stablehlo.reduce_window", "stablehlo.select_and_scatter"})
#: Operations that go through their operands whole, however small their results are.
_READERS = frozenset(
    {
        "stablehlo.convolution",
        "stablehlo.custom_call",
        "stablehlo.dot_general",
        "stablehlo.fft",
        "stablehlo.reduce",
        "stablehlo.sort",
        "stablehlo.triangular_solve",
    }
)
#: Operations that change a part of their first operand in place, and the number of the operand that is written there.
_WRITERS = {"stablehlo.dynamic_update_slice": 1, "stablehlo.scatter": -1}


def extent(module: ir.Module) -> float:
    """Elements that one execution of ``module`` computes: its results', and those of operands it goes through whole.

    Args:
        module: a vetted program, so no function calls itself.

    Returns:
        Infinity where the program does not say how often something is repeated.
    """
    functions = {ir.StringAttr(each.attributes["sym_name"]).value: each for each in module.body.operations}
    found = _Extents(functions).of_function("main")
    return math.inf if math.isnan(found) else found


class _Extents:
    """What has been found about the functions of a module, each looked at once."""

    def __init__(self, functions: dict[str, ir.Operation]) -> None:
        self._functions = functions
        self._known: dict[str, float] = {}

    def of_function(self, name: str) -> float:
        if name not in self._known:
            self._known[name] = self._of_region(self._functions[name].regions[0])
        return self._known[name]

    def _of_region(self, region: ir.Region) -> float:
        return sum((self._of_operation(each.operation) for block in region for each in block.operations), 0.0)

    def _of_operation(self, operation: ir.Operation) -> float:
        if operation.name in CALLS:
            return self.of_function(callee(operation))
        inside = sum(map(self._of_region, operation.regions))
        if operation.name == "stablehlo.while":
            return _repetitions(operation) * inside
        if operation.name in _WINDOWS:
            return math.inf
        if operation.name in ("stablehlo.case", "stablehlo.if"):
            return inside
        largest = max(map(_elements, _worked_on(operation)), default=0.0)
        if operation.name == "stablehlo.sort":
            inside *= math.log2(largest + 1)
        if operation.name == "stablehlo.convolution":
            inside = _elements(operation.operands[1])
        return largest * max(inside, 1)


def _worked_on(operation: ir.Operation) -> Iterable[ir.Value]:
    if operation.name in _WRITERS:
        operands = list(operation.operands)
        return [operands[_WRITERS[operation.name]]]
    if operation.name in _READERS:
        return itertools.chain(operation.operands, operation.results)
    results: Iterable[ir.Value] = operation.results
    return results


def _elements(value: ir.Value) -> float:
    """In floating point, where what is too large to be told is infinite."""
    shape = ir.RankedTensorType(value.type).shape if isinstance(value.type, ir.RankedTensorType) else [0]
    return math.prod(map(float, shape))


def _repetitions(loop: ir.Operation) -> float:
    """How often a loop is passed through whose condition compares a counter with a constant; infinity for any other."""
    block = loop.regions[0].blocks[0]
    (held,) = block.operations[len(block.operations) - 1].operands
    if isinstance(held.owner, ir.Block) or held.owner.name != "stablehlo.compare":
        return math.inf
    first, last = (_start(value, block, loop) for value in held.owner.operands)
    return abs(first - last)  # NaN where both are unknown, which nothing is short enough for


def _start(value: ir.Value, block: ir.Block, loop: ir.Operation) -> float:
    """What a value of a loop's condition is before the loop; infinity if that is not written in the program."""
    if isinstance(value.owner, ir.Block):
        if value.owner != block:
            return math.inf
        value = loop.operands[ir.BlockArgument(value).arg_number]
    if isinstance(value.owner, ir.Block) or value.owner.name != "stablehlo.constant":
        return math.inf
    if _elements(value) != 1 or not isinstance(ir.RankedTensorType(value.type).element_type, ir.IntegerType):
        return math.inf
    return float(ir.DenseIntElementsAttr(value.owner.attributes["value"])[0])
