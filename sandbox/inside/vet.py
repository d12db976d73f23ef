"""The vetter: reads hostile bytes, lets through a clean program or says why not.

A traced artifact comes from a process the learner owned. One single-use child, without any backend, parses it, checks
its signature against the declared one, walks every operation, and writes it anew without names, locations or foreign
attributes. Invariant: only what ``_serve`` re-serialised goes on, and every operation in it was looked at.
"""

from __future__ import annotations

import collections
import math
from typing import Any

from jaxlib.mlir import ir
from jaxlib.mlir.dialects import sdy, stablehlo

from sandbox import tree as trees
from sandbox.frames import Message
from sandbox.inside import child
from sandbox.inside.lapack import check_call, is_known
from sandbox.tree import Leaf

#: Operations that compute with arrays and nothing else. Missing on purpose: everything that talks to other devices
#: or the host (send, recv, infeed, outfeed, collectives), hidden random state (rng), and dynamic shapes.
ALLOWED = frozenset(
    f"stablehlo.{name}"
    for name in """abs add and atan2 bitcast_convert broadcast_in_dim case cbrt ceil cholesky clamp compare complex
composite concatenate constant convert convolution cosine count_leading_zeros custom_call divide dot_general
dynamic_slice dynamic_update_slice exponential exponential_minus_one fft floor gather if imag iota
is_finite log log_plus_one logistic map maximum minimum multiply negate not optimization_barrier or pad popcnt power
real reduce reduce_precision reduce_window remainder reshape return reverse rng_bit_generator round_nearest_afz
round_nearest_even rsqrt scatter select select_and_scatter shift_left shift_right_arithmetic shift_right_logical sign
sine slice sort sqrt subtract tan tanh transpose triangular_solve while xor""".split()
) | {"builtin.module", "func.func", "func.call", "func.return"}

#: Operations that talk to something outside the program.
FORBIDDEN = frozenset(f"stablehlo.{name}" for name in "send recv infeed outfeed create_token after_all".split())

#: dtype name -> MLIR element type.
ELEMENTS = {
    "bool": "i1",
    "bfloat16": "bf16",
    "float8_e4m3fn": "f8E4M3FN",
    "float8_e5m2": "f8E5M2",
    "complex64": "complex<f32>",
    "complex128": "complex<f64>",
    **{f"float{bits}": f"f{bits}" for bits in (16, 32, 64)},
    **{f"int{bits}": f"i{bits}" for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": f"ui{bits}" for bits in (8, 16, 32, 64)},
}

_MAX_NESTING = 64
#: Largest intermediate array by element count: 16 GB of bytes, far beyond every memory limit.
_MAX_ELEMENTS = 1 << 34


class Refused(Exception):
    """The program may not go on; the text says why.

    ``kind`` is a ``sandbox.jobs.FailureKind``: a program that is merely too big, or uses a part of JAX that cannot be
    judged here, is no attack.
    """

    def __init__(self, message: str, kind: str = "violation") -> None:
        """Refuse with a reason."""
        super().__init__(message)
        self.kind = kind


def _unsupported(message: str) -> Refused:
    return Refused(f"{message}, which cannot be judged here", "not_traceable")


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
    sdy.register_dialect(context)  # JAX leaves sharding attributes on LAPACK calls; _strip removes them
    with context, ir.Location.unknown():
        module = _parse(context, job.body)
        _walk(module, job.header["operations"])
        functions = _functions(module)
        _check_main(functions["main"], job.header["inputs"], job.header["returns"])
        counts = _reached(functions, job.header["operations"])
        targets = sorted(
            {_text(op.attributes["call_target_name"]) for op in _operations(module, "stablehlo.custom_call")}
        )
        _strip(module, functions)
        clean = _serialise(module)
    header = {"type": "vetted", "operations": sum(counts.values()), "counts": counts, "custom_calls": targets}
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


def _walk(module: ir.Module, budget: int) -> None:
    """Look at every operation as it is written."""
    seen = 0
    refusals: list[Refused] = []

    def visit(op: Any) -> ir.WalkResult:
        nonlocal seen
        seen += 1
        try:
            _check_operation(op.operation)
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


def _too_many(budget: int) -> Refused:
    return Refused(f"the traced program has more than {budget} operations, too many to compile", "compile")


def _check_operation(operation: ir.Operation) -> None:
    name = operation.name
    if name in FORBIDDEN:
        raise Refused(f"the operation {name} is not allowed in a submission")
    if name not in ALLOWED:
        raise _unsupported(f"the program uses the operation {name}")
    for result in operation.results:
        _check_type(name, result.type)
    if _depth(operation) > _MAX_NESTING:
        raise Refused(f"the traced program nests control flow deeper than {_MAX_NESTING} levels", "compile")
    if name == "stablehlo.composite" and not _text(operation.attributes["name"]).startswith("chlo."):
        raise Refused(f"the composite operation {_text(operation.attributes['name'])} is not known")
    if name == "stablehlo.custom_call":
        target = _text(operation.attributes["call_target_name"])
        if is_known(target):
            raise _unsupported(f"the program calls {target!r}")
        if refusal := check_call(operation):
            raise Refused(refusal)


def _check_type(name: str, kind: ir.Type) -> None:
    if not isinstance(kind, ir.RankedTensorType) or not kind.has_static_shape:
        raise Refused(f"{name} has a result of type {kind}, which is not an array of fixed shape")
    if str(kind.element_type) not in ELEMENTS.values():
        raise _unsupported(f"the program uses the dtype {kind.element_type}")
    if math.prod(kind.shape) > _MAX_ELEMENTS:
        raise Refused(f"the program makes an array of shape {tuple(kind.shape)}, which fits no memory", "memory")


def _depth(operation: ir.Operation) -> int:
    depth, parent = 0, operation.parent
    while parent is not None and depth <= _MAX_NESTING:
        depth, parent = depth + 1, parent.operation.parent
    return depth


def _functions(module: ir.Module) -> dict[str, ir.Operation]:
    functions = {}
    for op in module.body.operations:
        if op.operation.name != "func.func":
            raise Refused("the traced program holds something else than functions")
        functions[_text(op.operation.attributes["sym_name"])] = op.operation
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
    for _ in range(_MAX_NESTING + 1):
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
    raise Refused(f"the traced program's functions call each other in a circle, or more than {_MAX_NESTING} deep")


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
            # Only vetted LAPACK calls keep their typed configuration, which check_call has read.
            if "." in name and not (operation.name == "stablehlo.custom_call" and name == "mhlo.backend_config"):
                del operation.attributes[name]
        return ir.WalkResult.ADVANCE

    module.operation.walk(visit)
    module.operation.attributes["sym_name"] = ir.StringAttr.get("program")


def _serialise(module: ir.Module) -> bytes:
    text = module.operation.get_asm(enable_debug_info=False)
    clean = stablehlo.serialize_portable_artifact_str(text, stablehlo.get_current_version())
    return bytes(clean)


def _text(attribute: ir.Attribute) -> str:
    return str(ir.StringAttr(attribute).value)
