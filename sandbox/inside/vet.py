"""The vetter: reads hostile bytes, lets through a clean program or says why not.

A traced artifact comes from a process the learner owned. One single-use child, without any backend, parses it, checks
its signature against the declared one, walks every operation, and writes it anew without names, locations or foreign
attributes. Invariant: only what ``_serve`` re-serialised goes on, and every operation in it was looked at.
"""

from __future__ import annotations

import collections
from typing import Any

from jaxlib.mlir import ir
from jaxlib.mlir.dialects import sdy, stablehlo

from sandbox import tree as trees
from sandbox.frames import Message
from sandbox.inside import child
from sandbox.inside.live import Liveness
from sandbox.inside.operations import ELEMENTS, MAX_NESTING, Refused, check_operation, text_of
from sandbox.tree import Leaf


def main() -> None:
    """Vet programs until the backend closes the input."""
    for job in child.jobs():
        try:
            reply = _serve(job)
        except Refused as refusal:
            error = "Unsupported" if refusal.kind == "not_traceable" else ""
            header = {"type": "refused", "kind": refusal.kind, "error": error, "message": str(refusal)[:1000]}
            reply = Message(header)
        child.reply(reply.header, reply.body)


def _serve(job: Message) -> Message:
    context = ir.Context()
    stablehlo.register_dialect(context)
    sdy.register_dialect(context)  # JAX leaves sharding attributes on kernel calls; _strip removes them
    with context, ir.Location.unknown():
        module = _parse(context, job.body)
        dtypes = _walk(module, job.header["operations"], job.header["platform"])
        functions = _functions(module)
        _check_main(functions["main"], job.header["inputs"], job.header["returns"])
        counts = _reached(functions, job.header["operations"])
        live = Liveness(functions).counts()
        targets = sorted(
            {text_of(op.attributes["call_target_name"]) for op in _operations(module, "stablehlo.custom_call")}
        )
        _strip(module, functions)
        clean = _serialise(module)
    header = {
        "type": "vetted",
        "operations": sum(counts.values()),
        "counts": counts,
        "live": live,
        "dtypes": dtypes,
        "custom_calls": targets,
    }
    return Message(header, clean)


def _parse(context: ir.Context, artifact: bytes) -> ir.Module:
    try:
        module = stablehlo.deserialize_portable_artifact(context, artifact)
        valid = module.operation.verify()
    except Exception as error:
        raise Refused("the traced program is not a valid StableHLO artifact") from error
    if not valid:
        raise Refused("the traced program does not verify")
    return module


def _walk(module: ir.Module, budget: int, platform: str) -> list[str]:
    """Look at every operation as it is written; returns the dtypes of all values, arguments of functions included."""
    seen = 0
    refusals: list[Refused] = []
    types: set[ir.Type] = set()

    def visit(op: Any) -> ir.WalkResult:
        nonlocal seen
        seen += 1
        try:
            check_operation(op.operation, platform)
            types.update(result.type for result in op.operation.results)
            types.update(kind for region in op.operation.regions for block in region.blocks for kind in _kinds(block))
        except Refused as refusal:  # an exception would not pass through the walk as itself
            refusals.append(refusal)
        if refusals or seen > budget:
            return ir.WalkResult.INTERRUPT
        return ir.WalkResult.ADVANCE

    module.operation.walk(visit)
    if refusals:
        raise refusals[0]
    if seen > budget:
        raise _too_many(budget)
    elements = {str(ir.RankedTensorType(kind).element_type) for kind in types if isinstance(kind, ir.RankedTensorType)}
    return sorted(dtype for dtype, element in ELEMENTS.items() if element in elements)


def _kinds(block: ir.Block) -> list[ir.Type]:
    return [argument.type for argument in block.arguments]


def _too_many(budget: int) -> Refused:
    return Refused(f"the traced program has more than {budget} operations, too many to compile", "compile")


def _functions(module: ir.Module) -> dict[str, ir.Operation]:
    functions = {}
    for op in module.body.operations:
        if op.operation.name != "func.func":
            raise Refused("the traced program holds something else than functions")
        functions[text_of(op.operation.attributes["sym_name"])] = op.operation
    if "main" not in functions:
        raise Refused("the traced program has no main function")
    return functions


def _check_main(main: ir.Operation, inputs: list[Any], returns: list[Any]) -> None:
    kind = ir.FunctionType(ir.TypeAttr(main.attributes["function_type"]).value)
    for what, types, declared in (("takes", kind.inputs, inputs), ("returns", kind.results, returns)):
        expected = [_mlir_type(leaf) for leaf in map(trees.from_json, declared) if isinstance(leaf, Leaf)]
        if [str(one) for one in types] == expected:
            continue
        if what == "takes":  # nearly always a switched precision, and refused all the same
            message = "the traced program takes other arrays than declared; was jax_enable_x64 changed?"
            raise Refused(message, "not_traceable")
        raise Refused("the traced program returns other arrays than it was declared with")


def _mlir_type(leaf: Leaf) -> str:
    return f"tensor<{''.join(f'{size}x' for size in leaf.shape)}{ELEMENTS[leaf.dtype]}>"


def _reached(functions: dict[str, ir.Operation], budget: int) -> dict[str, int]:
    """Operations by name, each as often as its function is reached from main: what the compiler will have to deal with.

    Calls in a circle are refused, for XLA would expand them without end, and so are long chains of calls.
    """
    own: dict[str, collections.Counter[str]] = {}
    callees: dict[str, collections.Counter[str]] = {}
    for name, function in functions.items():
        own[name], callees[name] = _inside(function)
    counts: collections.Counter[str] = collections.Counter()
    reached = collections.Counter({"main": 1})
    for _ in range(MAX_NESTING + 1):
        following: collections.Counter[str] = collections.Counter()
        for name, times in reached.items():
            for operation, number in own[name].items():
                counts[operation] += number * times
            for callee, number in callees[name].items():
                following[callee] += number * times
        if counts.total() > budget or following.total() > budget:
            raise _too_many(budget)
        if not following:
            return dict(counts)
        reached = following
        if not reached.keys() <= functions.keys():
            raise Refused("the traced program calls a function it does not have")
    raise Refused(f"the traced program's functions call each other in a circle, or more than {MAX_NESTING} deep")


def _inside(function: ir.Operation) -> tuple[collections.Counter[str], collections.Counter[str]]:
    """A function's operations and the functions it names, both by name."""
    operations: collections.Counter[str] = collections.Counter()
    callees: collections.Counter[str] = collections.Counter()

    def visit(op: Any) -> ir.WalkResult:
        operation = op.operation
        if operation.name == "func.func":
            return ir.WalkResult.ADVANCE
        operations[operation.name] += 1
        if operation.name == "func.call":
            callees[_callee(operation)] += 1
        elif operation.name == "stablehlo.composite":
            callees[str(ir.FlatSymbolRefAttr(operation.attributes["decomposition"]).value)] += 1
        return ir.WalkResult.ADVANCE

    if not any(True for region in function.regions for _ in region.blocks):
        raise Refused("the traced program declares a function without a body")
    function.walk(visit)
    return operations, callees


def _callee(call: ir.Operation) -> str:
    return str(ir.FlatSymbolRefAttr(call.attributes["callee"]).value)


def _operations(root: Any, name: str) -> list[ir.Operation]:
    found: list[ir.Operation] = []

    def visit(op: Any) -> ir.WalkResult:
        if op.operation.name == name:
            found.append(op.operation)
        return ir.WalkResult.ADVANCE

    root.operation.walk(visit)
    return found


def _strip(module: ir.Module, functions: dict[str, ir.Operation]) -> None:
    """Number the functions and drop every attribute that is not the operation's own."""
    names = {old: "main" if old == "main" else f"f{index}" for index, old in enumerate(functions)}
    for call in _operations(module, "func.call"):
        call.attributes["callee"] = ir.FlatSymbolRefAttr.get(names[_callee(call)])
    for composite in _operations(module, "stablehlo.composite"):
        old = str(ir.FlatSymbolRefAttr(composite.attributes["decomposition"]).value)
        composite.attributes["decomposition"] = ir.FlatSymbolRefAttr.get(names[old])
    for old, function in functions.items():
        function.attributes["sym_name"] = ir.StringAttr.get(names[old])
        function.attributes["sym_visibility"] = ir.StringAttr.get("public" if old == "main" else "private")
        for name in ("arg_attrs", "res_attrs"):
            if name in function.attributes:
                del function.attributes[name]

    def visit(op: Any) -> ir.WalkResult:
        operation = op.operation
        if operation.name == "stablehlo.sort":
            # With a comparator that is no order, XLA's unstable sort runs past its buffer; its stable sort does not.
            operation.attributes["is_stable"] = ir.BoolAttr.get(True)
        for name in list(operation.attributes):
            # Only vetted kernel calls keep their typed configuration, which calls.check has read.
            if "." in name and not (operation.name == "stablehlo.custom_call" and name == "mhlo.backend_config"):
                del operation.attributes[name]
        return ir.WalkResult.ADVANCE

    module.operation.walk(visit)
    module.operation.attributes["sym_name"] = ir.StringAttr.get("program")


def _serialise(module: ir.Module) -> bytes:
    text = module.operation.get_asm(enable_debug_info=False)
    clean = stablehlo.serialize_portable_artifact_str(text, stablehlo.get_current_version())
    return bytes(clean)
