"""Changes of an artifact's bytes that know how MLIR lays out bytecode: sections, integers of variable length, names.

The layout is that of mlir.llvm.org, "MLIR Bytecode Format". Invariant: a change is a function of the artifact and the
choices alone, and keeps the lengths true that it does not mean to spoil.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.fuzz.programs import NAMES, program

#: Integers at which sizes, indices and strides go wrong.
EDGES = (0, 1, 2, 3, 4, 5, 7, 8, 31, 32, 63, 64, 255, 2**16, 2**31 - 1, 2**31, 2**32, 2**40, 2**62, 2**63 - 1)


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
    new = choice.choice([*EDGES, old + 1, max(0, old - 1), old * 2]) % 2**64
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
            lie = bytes([mark]) + _varint(choice.choice(EDGES)) + contents
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


CHANGES: tuple[Callable[[bytes, random.Random], tuple[str, bytes]], ...] = (
    *(_change_bytes, _change_integer, _change_integer, _change_sections, _swap_names, _cross),
)
