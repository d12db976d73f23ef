"""Reading what a hostile child replied: every field checked, every text bounded.

Invariant: nothing a child can send makes these functions raise anything but ``ProtocolError``.
"""

from __future__ import annotations

import itertools
import re
from typing import Any, TypeGuard, get_args

from sandbox import arrays
from sandbox import limits as limiting
from sandbox import tree as trees
from sandbox.frames import Message, ProtocolError
from sandbox.jobs import Failure, FailureKind, Frame, LimitReached, Limits
from sandbox.tree import Leaf, Tree

_MAX_TEXT = 4000
_MAX_FRAMES = 20
_MAX_NAMES = 400
_MAX_NAME = 200
#: No amount of anything is larger.
_MOST = 1 << 63

_DUMP_START = re.compile(r"Fatal Python error: |(?:Current t|T)hread 0x|Stack \(most recent call first\)")
_DUMP_LINE = re.compile(r'File "submission\.py", line ([0-9]{1,7}) in (\S{1,200})')


def text(header: dict[str, Any], name: str) -> str:
    """A text field, cut to a bounded length; empty if it is none."""
    value = header.get(name)
    return value[:_MAX_TEXT] if isinstance(value, str) else ""


def integer(header: dict[str, Any], name: str, below: int) -> int:
    """A non-negative integer field smaller than ``below``.

    Raises:
        ProtocolError: it is anything else.
    """
    value = header.get(name)
    if type(value) is not int or not 0 <= value < below:
        raise ProtocolError(f"the field {name!r} is not a number in range")
    return value


def integers(header: dict[str, Any], name: str, below: int) -> dict[str, int]:
    """A field of non-negative integers smaller than ``below`` by name.

    Raises:
        ProtocolError: it is anything else.
    """
    value = header.get(name)
    if not isinstance(value, dict) or len(value) > _MAX_NAMES:
        raise ProtocolError(f"the field {name!r} is no table of numbers")
    return {str(key)[:_MAX_NAME]: integer(value, key, below) for key in value}


def milliseconds(header: dict[str, Any]) -> float:
    """The child's own measurement, 0 if it makes no sense."""
    value = header.get("milliseconds")
    return float(value) if isinstance(value, int | float) and 0 <= value < 1e9 else 0.0  # noqa: PLR2004 - 11 days


def is_texts(value: object) -> TypeGuard[list[str]]:
    """Whether a field is a list of texts."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def tree(header: dict[str, Any], name: str) -> Tree:
    """A tree field.

    Raises:
        ProtocolError: malformed or too large.
    """
    try:
        return trees.from_json(header.get(name))
    except trees.TreeError as error:
        raise ProtocolError(str(error)) from error


def values(message: Message) -> list[arrays.Array]:
    """The arrays a message carries.

    Raises:
        ProtocolError: header and body do not fit.
    """
    try:
        return arrays.unpack(message.header.get("arrays"), message.body)
    except arrays.ArrayFormatError as error:
        raise ProtocolError(str(error)) from error


def programs(message: Message, count: int, longest: int) -> list[bytes]:
    """The ``count`` programs a tracer sent in one body, ``sizes`` being those of all but the last.

    Raises:
        ProtocolError: the body is not made of so many, or one is longer than ``longest`` bytes.
    """
    sizes = message.header.get("sizes") if count > 1 else []
    if not isinstance(sizes, list) or len(sizes) != count - 1:
        raise ProtocolError("the sizes are not those of the programs")
    parts, start = [], 0
    for size in [integer({"size": size}, "size", longest + 1) for size in sizes]:
        parts.append(message.body[start : start + size])
        start += size
    parts.append(message.body[start:])
    if start > len(message.body) or len(parts[-1]) > longest:
        raise ProtocolError("the programs do not make up the body")
    return parts


def matching_values(message: Message, expected: Tree) -> list[arrays.Array]:
    """The arrays a message carries, which must be those of ``expected``.

    Raises:
        ProtocolError: other dtypes or shapes.
    """
    found = values(message)
    types = [Leaf(arrays.dtype_name(value.dtype), value.shape) for value in found]
    if types != [leaf.storage for _, leaf in trees.leaves(expected)]:
        raise ProtocolError("the arrays do not match their tree")
    return found


def failure(data: object, limits: Limits) -> Failure:
    """A failure a child reported about the code it ran; its limits are ours to say, and what it reached is its word."""
    if not isinstance(data, dict) or data.get("kind") not in get_args(FailureKind):
        return Failure("violation", "the process that ran the code sent an unreadable report")
    frames = data.get("frames")
    named = data.get("values")
    column = data.get("column")
    limit = _limit(data.get("limit"), limits)
    told = Failure(data["kind"], text(data, "message"))
    if limit is not None:
        own = limit.name in ("memory", "file_size")  # the other exceptions are the sandbox's own and say no more
        told = limiting.failure(limit, told.message[: _MAX_TEXT // 2] if own else "")
    return Failure(
        kind=told.kind,
        message=told.message,
        error=text(data, "error")[:200],
        frames=tuple(_frame(item) for item in frames[:_MAX_FRAMES]) if isinstance(frames, list) else (),
        column=column if type(column) is int and 0 <= column < 1 << 20 else 0,
        values=tuple(_pair(item) for item in named[:_MAX_FRAMES]) if isinstance(named, list) else (),
        limit=limit,
    )


def _limit(data: object, limits: Limits) -> LimitReached | None:
    """The limit a child says was reached; an amount that does not exceed it tells nothing."""
    if not isinstance(data, dict) or (name := limiting.named(data.get("name"))) is None:
        return None
    used = data.get("used")
    beyond = isinstance(used, int | float) and limiting.allowed(limits, name) < used < _MOST
    return limiting.reached(limits, name, used if beyond else None)


def _frame(data: object) -> Frame:
    data = data if isinstance(data, dict) else {}
    line = data.get("line")
    return Frame(line if type(line) is int and 0 <= line < 1 << 24 else 0, text(data, "function"), text(data, "text"))


def _pair(data: object) -> tuple[str, str]:
    if isinstance(data, list) and len(data) == 2 and all(isinstance(part, str) for part in data):  # noqa: PLR2004
        return data[0][:200], data[1][:200]
    return "", ""


def split_dump(printed: str, *, died: bool = False) -> tuple[str, tuple[Frame, ...]]:
    """What was printed, and the learner's lines in a dump of a fatal signal that follows it.

    A dump without such a line is taken for print, unless the process is known to have ``died`` of a signal.
    """
    start = _DUMP_START.search(printed)
    if start is None:
        return printed, ()
    lines = itertools.islice(_DUMP_LINE.finditer(printed, start.start()), _MAX_FRAMES)
    frames = [Frame(int(line[1]), line[2], "") for line in lines]
    return (printed[: start.start()] if frames or died else printed), tuple(reversed(frames))
