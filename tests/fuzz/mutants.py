"""Mutants of honest artifacts, made with knowledge of their structure: what a learner who owns the exporter may send.

``python -m tests.fuzz.mutants FIRST COUNT`` writes them as messages. It is a process of its own because MLIR itself may
die of a program that nobody verified, or never come back. Invariant: a mutant is a function of its number alone.

Two levels take turns. The *program* is changed through MLIR's own interface: operands, types, attributes, constants,
call targets, order. The *bytes* are changed as MLIR's bytecode lays them out (``tests/fuzz/bytecode.py``).
"""

from __future__ import annotations

import random
import re
import signal
import sys
from collections.abc import Callable

from jaxlib.mlir import ir
from jaxlib.mlir.dialects import sdy, stablehlo

from sandbox import tree as trees
from sandbox.frames import Message
from tests.fuzz.bytecode import CHANGES, EDGES
from tests.fuzz.programs import NAMES, Program, program

#: Negative integers at which sizes, indices and strides go wrong.
_BELOW = (-1, -2, -3, -(2**31), -(2**63))
_ELEMENTS = ("f32", "f64", "bf16", "i1", "i8", "i32", "i64", "ui32", "complex<f32>", "f8E5M2", "i4", "index")
_TARGETS = (
    *("lapack_sgetrf_ffi", "lapack_dgetrf_ffi", "lapack_sgesdd_ffi", "lapack_ssyevd_ffi", "lapack_strsm_ffi"),
    *("lapack_spotrf_ffi", "lapack_sgeqrf_ffi", "lapack_sorgqr_ffi", "lapack_sgeev_ffi", "lapack_cgeev_ffi"),
    *(
        "xla_ffi_python_cpu_callback",
        "TopK",
        "Sharding",
        "__gpu$xla.gpu.triton",
        "tpu_custom_call",
        "lapack_sgetrf",
        "",
    ),
)
_MAX_CHANGES = 3
#: Processor seconds for one mutant, which takes milliseconds unless MLIR loses itself in it.
_SECONDS = 3
#: Most changes do not fit the operation they are tried on.
_TRIES = 8
_NOTHING = "nothing"


def mutant(number: int) -> Message:
    """Mutant ``number``: how it was made and its types in the header, the artifact in the body."""
    choice = random.Random(number)
    origin = program(NAMES[number % len(NAMES)])
    changed, how = origin.artifact, []
    for _ in range(choice.randint(1, _MAX_CHANGES) if number % 3 else 0):
        how.append(_NOTHING)
        for _ in range(_TRIES):
            if how[-1] == _NOTHING:
                how[-1], changed = _change_program(changed, choice)
    if not how or number % 4 == 0:
        done, changed = choice.choice(CHANGES)(changed, choice)
        how.append(done)
    return Message({"number": number, "how": how, **header(origin)}, changed)


def header(origin: Program) -> dict[str, object]:
    """The name and types of an honest program, as a mutant of it carries them."""
    return {
        "program": origin.name,
        "inputs": [trees.to_json(leaf) for leaf in origin.inputs],
        "returns": [trees.to_json(leaf) for leaf in origin.returns],
    }


def _change_program(artifact: bytes, choice: random.Random) -> tuple[str, bytes]:
    """One change of the program; the artifact as it is if the change cannot be written down."""
    context = ir.Context()
    stablehlo.register_dialect(context)
    sdy.register_dialect(context)
    with context, ir.Location.unknown():
        try:
            module = stablehlo.deserialize_portable_artifact(context, artifact)
            inner = _inner(module)
            change = choice.choice(_PROGRAM)
            name = choice.choice(sorted({op.name for op in inner}))  # else calls would be lost among constants
            op = choice.choice([op for op in inner if op.name == name])
            done = f"{change.__name__.strip('_')} {change(op, inner, choice)}"
            return done, bytes(stablehlo.serialize_portable_artifact(module, stablehlo.get_current_version(), True))
        except (ir.MLIRError, ValueError, IndexError, RuntimeError, TypeError):
            return _NOTHING, artifact


def _inner(module: ir.Module) -> list[ir.Operation]:
    found: list[ir.Operation] = []

    def visit(op: ir.OpView | ir.Operation) -> ir.WalkResult:
        found.append(op.operation)
        return ir.WalkResult.ADVANCE

    module.operation.walk(visit)
    return found[1:]  # without the module


def _swap_operands(op: ir.Operation, _inner: list[ir.Operation], choice: random.Random) -> str:
    first, second = choice.randrange(len(op.operands)), choice.randrange(len(op.operands))
    values = op.operands[first], op.operands[second]
    op.operands[first], op.operands[second] = values[1], values[0]
    return f"{first} and {second} of {op.name}"


def _redirect_operand(op: ir.Operation, inner: list[ir.Operation], choice: random.Random) -> str:
    """Use another value, which may have another type, come later or live in another function."""
    giver = choice.choice([other for other in inner if len(other.results)])
    position = choice.randrange(len(op.operands))
    op.operands[position] = choice.choice(list(giver.results))
    return f"{position} of {op.name} to {giver.name}"


def _change_type(op: ir.Operation, _inner: list[ir.Operation], choice: random.Random) -> str:
    result = choice.choice(list(op.results))
    new = _other_type(str(result.type), choice)
    result.set_type(ir.Type.parse(new))
    return f"of {op.name} from {result.type} to {new}"


def _orphan_result(op: ir.Operation, inner: list[ir.Operation], choice: random.Random) -> str:
    """Let nobody use a result, and change its type: what nobody uses, no other operation's types hold in place."""
    result = choice.choice(list(op.results))
    alike = [value for other in inner if other != op for value in other.results if value.type == result.type]
    if any(True for _ in result.uses):
        result.replace_all_uses_with(choice.choice(alike))
    new = _other_type(str(result.type), choice)
    result.set_type(ir.Type.parse(new))
    return f"of {op.name} from {result.type} to {new}"


def _change_operand_type(op: ir.Operation, _inner: list[ir.Operation], choice: random.Random) -> str:
    """Change the type of what an operation uses, a block's argument perhaps."""
    operand = choice.choice(list(op.operands))
    new = _other_type(str(operand.type), choice)
    operand.set_type(ir.Type.parse(new))
    return f"of {op.name} to {new}"


def _change_attribute(op: ir.Operation, _inner: list[ir.Operation], choice: random.Random) -> str:
    name = choice.choice(list(op.attributes))
    new = _other_attribute(str(op.attributes[name]), choice)
    op.attributes[name] = ir.Attribute.parse(new)
    return f"{name} of {op.name} to {new[:200]}"


def _drop_attribute(op: ir.Operation, _inner: list[ir.Operation], choice: random.Random) -> str:
    name = choice.choice(list(op.attributes))
    del op.attributes[name]
    return f"{name} of {op.name}"


def _borrow_attribute(op: ir.Operation, inner: list[ir.Operation], choice: random.Random) -> str:
    """Give an operation an attribute of another one."""
    giver = choice.choice([other for other in inner if len(other.attributes)])
    name = choice.choice(list(giver.attributes))
    op.attributes[name] = giver.attributes[name]
    return f"{name} of {giver.name} by {op.name}"


def _change_call(_op: ir.Operation, inner: list[ir.Operation], choice: random.Random) -> str:
    """Call another kernel, function or decomposition."""
    named = [op for op in inner if op.name in ("stablehlo.custom_call", "func.call", "stablehlo.composite")]
    op = choice.choice(named)
    if op.name == "stablehlo.custom_call":
        target = choice.choice(_TARGETS)
        op.attributes["call_target_name"] = ir.StringAttr.get(target)
        return f"to kernel {target}"
    functions = [str(ir.StringAttr(one.attributes["sym_name"]).value) for one in inner if one.name == "func.func"]
    target = choice.choice([*functions, "absent"])
    op.attributes["callee" if op.name == "func.call" else "decomposition"] = ir.FlatSymbolRefAttr.get(target)
    return f"to function {target}"


def _move(op: ir.Operation, inner: list[ir.Operation], choice: random.Random) -> str:
    """Put an operation somewhere else: before what it uses, behind a return, into another region."""
    other = choice.choice(inner)
    op.move_before(other)
    return f"{op.name} before {other.name}"


def _copy(op: ir.Operation, inner: list[ir.Operation], choice: random.Random) -> str:
    other = choice.choice(inner)
    op.clone(ir.InsertionPoint(other))
    return f"{op.name} before {other.name}"


def _other_type(written: str, choice: random.Random) -> str:
    sizes = list(re.finditer(r"\d+(?=x)", written))
    kind = choice.randrange(4)
    if kind == 0 and sizes:
        size = choice.choice(sizes)
        return f"{written[: size.start()]}{choice.choice(EDGES)}{written[size.end() :]}"
    if kind == 1:
        return re.sub(r"(<(?:\d+x)*)[^x>][^>]*>+$", lambda found: f"{found[1]}{choice.choice(_ELEMENTS)}>", written)
    if kind == 2 and sizes:
        return written.replace(f"{sizes[0][0]}x", "", 1)
    return written.replace("<", f"<{choice.choice((*EDGES[:8], '?'))}x", 1)


def _other_attribute(written: str, choice: random.Random) -> str:
    numbers = list(re.finditer(r"-?\b\d+(?:\.\d+)?(?:E[+-]?\d+)?\b|true|false", written.partition(" : ")[0]))
    if not numbers:
        return _other_type(written, choice)
    number = choice.choice(numbers)
    if number[0] in ("true", "false"):
        new = "false" if number[0] == "true" else "true"
    elif "." in number[0]:
        new = choice.choice(("0.0", "-1.0", "1.0E+38", "0x7FC00000"))
    else:
        new = str(choice.choice(EDGES + _BELOW))
    return written[: number.start()] + new + written[number.end() :]


_Change = Callable[[ir.Operation, list[ir.Operation], random.Random], str]
_PROGRAM: tuple[_Change, ...] = (
    *(
        _orphan_result,
        _swap_operands,
        _redirect_operand,
        _change_type,
        _change_operand_type,
        _change_attribute,
        _change_attribute,
    ),
    *(_drop_attribute, _borrow_attribute, _change_call, _move, _copy),
)


def main(first: int, count: int) -> None:
    """Write mutants to standard output."""
    for number in range(first, first + count):
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)  # nobody catches its signal, not even MLIR
        sys.stdout.buffer.write(mutant(number).encode())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
