"""Which operations of a program the returned values depend on.

What a program computes and throws away does not count as used, whatever it is: a loop whose result nobody reads, a
component of a loop's state that no returned one depends on, a result that only passes a barrier or a call. Invariant:
an operation counts as live only if a path of uses leads from one of its results to a result of ``main``.
"""

from __future__ import annotations

import collections
from collections.abc import Mapping
from typing import Any

from jaxlib.mlir import ir

from sandbox.operations import CUSTOM_CALL

#: The attribute that names the function, by the operation that calls one.
CALLS = {"func.call": "callee", "stablehlo.composite": "decomposition"}


class Liveness:
    """The live operations of a module, found by walking uses backwards from what ``main`` returns."""

    def __init__(self, functions: Mapping[str, ir.Operation]) -> None:
        """Walk the module whose functions these are; ``main`` is among them, and calls name none that is missing."""
        self._functions = functions
        self._names = {function: name for name, function in functions.items()}
        #: Live operations by the function they are in.
        self._own: dict[str, list[ir.Operation]] = collections.defaultdict(list)
        self._seen: set[ir.Value] = set()
        self._live: set[ir.Operation] = set()
        self._pending: list[ir.Value] = []
        #: Live calls of each function, and the numbers of its live arguments.
        self._sites: dict[str, list[ir.Operation]] = collections.defaultdict(list)
        self._taken: dict[str, set[int]] = collections.defaultdict(set)
        self._want(*_terminator(functions["main"].regions[0]).operands)
        while self._pending:
            value = self._pending.pop()
            if isinstance(value.owner, ir.Block):
                self._visit_argument(ir.BlockArgument(value))
            else:
                self._visit_result(ir.OpResult(value))

    def counts(self) -> dict[str, int]:
        """Live operations by name without dialect, each as often as live calls reach it; custom calls by target too."""
        counts: collections.Counter[str] = collections.Counter()
        reached = collections.Counter({"main": 1})
        while reached:  # the vetter has refused calls in a circle
            following: collections.Counter[str] = collections.Counter()
            for name, times in reached.items():
                for operation in self._own[name]:
                    counts[operation.name.partition(".")[2]] += times
                    if operation.name == "stablehlo.custom_call":
                        counts[CUSTOM_CALL + ir.StringAttr(operation.attributes["call_target_name"]).value] += times
                    elif operation.name in CALLS:
                        following[callee(operation)] += times
            reached = following
        return dict(counts)

    def _want(self, *values: ir.Value) -> None:
        for value in values:
            if value not in self._seen:
                self._seen.add(value)
                self._pending.append(value)

    def _visit_result(self, result: ir.OpResult) -> None:
        operation, number = result.owner.operation, result.result_number
        fresh = operation not in self._live
        if fresh:
            self._live.add(operation)
            self._own[self._function_of(operation)].append(operation)
        if operation.name in CALLS:
            self._visit_call(operation, number, fresh=fresh)
        elif operation.name == "stablehlo.while":
            self._visit_state(operation, number)
            if fresh:
                self._want(*_terminator(operation.regions[0]).operands)
        elif operation.name in ("stablehlo.case", "stablehlo.if"):
            self._want(operation.operands[0], *(_terminator(region).operands[number] for region in operation.regions))
        elif operation.name == "stablehlo.optimization_barrier":
            self._want(operation.operands[number])
        elif fresh:
            self._want(*operation.operands)
            for region in operation.regions:
                self._want(*_terminator(region).operands)

    def _visit_argument(self, argument: ir.BlockArgument) -> None:
        around, number = argument.owner.owner.operation, argument.arg_number
        if around.name == "func.func":
            name = self._names[around]
            self._taken[name].add(number)
            self._want(*(site.operands[number] for site in self._sites[name]))
        elif around.name == "stablehlo.while":
            self._visit_state(around, number)

    def _visit_call(self, call: ir.Operation, number: int, *, fresh: bool) -> None:
        name = callee(call)
        self._want(_terminator(self._functions[name].regions[0]).operands[number])
        if fresh:
            self._sites[name].append(call)
            self._want(*(call.operands[taken] for taken in self._taken[name]))

    def _visit_state(self, loop: ir.Operation, number: int) -> None:
        """One component of a loop's state: where it starts, and what each turn makes of it."""
        self._want(loop.operands[number], _terminator(loop.regions[1]).operands[number])

    def _function_of(self, operation: ir.Operation) -> str:
        while operation.name != "func.func":
            operation = operation.parent.operation
        return self._names[operation]


def _terminator(region: ir.Region) -> Any:
    operations = region.blocks[0].operations
    return operations[len(operations) - 1].operation


def callee(call: ir.Operation) -> str:
    """The name of the function that ``call`` calls."""
    return str(ir.FlatSymbolRefAttr(call.attributes[CALLS[call.name]]).value)
