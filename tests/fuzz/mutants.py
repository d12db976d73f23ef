"""Mutants of honest artifacts, made with knowledge of their structure: what a learner who owns the exporter may send.

``python -m tests.fuzz.mutants FIRST COUNT`` writes them as messages. It is a process of its own because MLIR itself may
die of a program that nobody verified. Invariant: a mutant is a function of its number alone.

Two levels take turns. The *program* is changed through MLIR's own interface and serialised without being verified:
operands, types, attributes, constants, call targets, order. The *bytes* are changed as MLIR's bytecode lays them out
(mlir.llvm.org, "MLIR Bytecode Format"): sections, variable-length integers, names.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable

from jaxlib.mlir import ir
from jaxlib.mlir.dialects import sdy, stablehlo

from sandbox import tree as trees
from sandbox.frames import Message
from tests.fuzz.programs import NAMES, Program, program

#: Integers at which sizes, indices and strides go wrong.
_EDGES = (0, 1, 2, 3, 4, 5, 7, 8, 31, 32, 63, 64, 255, 2**16, 2**31 - 1, 2**31, 2**32, 2**40, 2**62, 2**63 - 1)
_EDGES_BELOW = (-1, -2, -3, -(2**31), -(2**63))
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
        done, changed = choice.choice(_BYTES)(changed, choice)
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
            done = f"{change.__name__.strip('_')} {change(choice.choice(inner), inner, choice)}"
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
        return f"{written[: size.start()]}{choice.choice(_EDGES)}{written[size.end() :]}"
    if kind == 1:
        return re.sub(r"(<(?:\d+x)*)[^x>][^>]*>+$", lambda found: f"{found[1]}{choice.choice(_ELEMENTS)}>", written)
    if kind == 2 and sizes:
        return written.replace(f"{sizes[0][0]}x", "", 1)
    return written.replace("<", f"<{choice.choice((*_EDGES[:8], '?'))}x", 1)


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
        new = str(choice.choice(_EDGES + _EDGES_BELOW))
    return written[: number.start()] + new + written[number.end() :]


_Change = Callable[[ir.Operation, list[ir.Operation], random.Random], str]
_PROGRAM: tuple[_Change, ...] = (
    *(_swap_operands, _redirect_operand, _change_type, _change_operand_type, _change_attribute, _change_attribute),
    *(_drop_attribute, _borrow_attribute, _change_call, _move, _copy),
)


def _varint(number: int) -> bytes:
    """MLIR's integer of variable length: the trailing zeros of the first byte say how many follow."""
    for size in range(1, 9):
        if number < 1 << 7 * size:
            return (((number << 1) | 1) << (size - 1)).to_bytes(size, "little")
    return b"\0" + number.to_bytes(8, "little")


def _read_varint(raw: bytes, at: int) -> tuple[int, int]:
    """The integer at ``at`` and where the next thing starts."""
    first = raw[at]
    if first == 0:
        return int.from_bytes(raw[at + 1 : at + 9], "little"), at + 9
    size = (first & -first).bit_length()
    return int.from_bytes(raw[at : at + size], "little") >> size, at + size


def sections(artifact: bytes) -> tuple[bytes, list[tuple[int, bytes, bytes]]]:
    """What stands before the sections, and of each its identifier, its alignment with padding, and its contents."""
    _, at = _read_varint(artifact, 4)
    at = artifact.index(b"\0", at) + 1
    head, found = artifact[:at], []
    while at < len(artifact):
        identifier = artifact[at]
        length, at = _read_varint(artifact, at + 1)
        padding = at
        if identifier & 0x80:
            _, at = _read_varint(artifact, at)
            while artifact[at] == 0xCB:
                at += 1
        found.append((identifier, artifact[padding:at], artifact[at : at + length]))
        at += length
    return head, found


def joined(head: bytes, parts: list[tuple[int, bytes, bytes]]) -> bytes:
    """The inverse of ``sections``."""
    written = (bytes([mark]) + _varint(len(contents)) + padding + contents for mark, padding, contents in parts)
    return head + b"".join(written)


def _change_bytes(artifact: bytes, choice: random.Random) -> tuple[str, bytes]:
    changed = bytearray(artifact)
    for _ in range(choice.randint(1, 8)):
        changed[choice.randrange(len(changed))] = choice.randrange(256)
    return "bytes", bytes(changed)


def _change_integer(artifact: bytes, choice: random.Random) -> tuple[str, bytes]:
    """Another integer inside a section, whose length is kept true."""
    head, parts = sections(artifact)
    which = choice.randrange(len(parts))
    mark, padding, contents = parts[which]
    at = choice.randrange(max(1, len(contents)))
    old, end = _read_varint(contents + bytes(9), at)
    new = choice.choice([*_EDGES, old + 1, max(0, old - 1), old * 2]) % 2**64
    parts[which] = mark, padding, contents[:at] + _varint(new) + contents[end:]
    return f"integer {old} to {new} in section {mark & 0x7F}", joined(head, parts)


def _change_sections(artifact: bytes, choice: random.Random) -> tuple[str, bytes]:
    """Drop, repeat, swap or cut sections, or take one of another program."""
    head, parts = sections(artifact)
    first, second = choice.randrange(len(parts)), choice.randrange(len(parts))
    kind = choice.choice(("drop", "repeat", "swap", "cut", "take", "lie"))
    match kind:
        case "drop":
            del parts[first]
        case "repeat":
            parts.insert(second, parts[first])
        case "swap":
            parts[first], parts[second] = parts[second], parts[first]
        case "cut":
            mark, padding, contents = parts[first]
            parts[first] = mark, padding, contents[: choice.randrange(len(contents) + 1)]
        case "take":
            others = sections(program(choice.choice(NAMES)).artifact)[1]
            parts[first] = others[min(first, len(others) - 1)]
        case _:
            mark, _, contents = parts[first]
            lie = bytes([mark]) + _varint(choice.choice(_EDGES)) + contents
            return f"length of section {first}", joined(head, parts[:first]) + lie
    return f"{kind} sections {first}, {second}", joined(head, parts)


def _swap_names(artifact: bytes, choice: random.Random) -> tuple[str, bytes]:
    """Exchange two names of one length: operations, attributes, kernels, functions."""
    names = sorted({found[0] for found in re.finditer(rb"[A-Za-z_][A-Za-z0-9_.]{2,}(?=\0)", artifact)})
    first = choice.choice(names)
    second = choice.choice([name for name in names if len(name) == len(first)])
    changed = artifact.replace(first + b"\0", b"\1" * len(first) + b"\0").replace(second + b"\0", first + b"\0")
    changed = changed.replace(b"\1" * len(first) + b"\0", second + b"\0")
    return f"names {first!r} and {second!r}", changed


def _cross(artifact: bytes, choice: random.Random) -> tuple[str, bytes]:
    """Put bytes of another program in."""
    other = program(choice.choice(NAMES)).artifact
    size, at, of = choice.randrange(1, 64), choice.randrange(len(artifact)), choice.randrange(len(other))
    return "bytes of another", artifact[:at] + other[of : of + size] + artifact[at + choice.choice((0, size)) :]


_BYTES: tuple[Callable[[bytes, random.Random], tuple[str, bytes]], ...] = (
    *(_change_bytes, _change_integer, _change_integer, _change_sections, _swap_names, _cross),
)


def main(first: int, count: int) -> None:
    """Write mutants to standard output."""
    for number in range(first, first + count):
        sys.stdout.buffer.write(mutant(number).encode())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
