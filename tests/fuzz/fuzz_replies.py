"""What a hostile child replies and prints, read as the backend reads it.

Invariant held: only ``ProtocolError`` is raised, every text is cut to its bound, and a page of print takes no time.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from typing import Any, get_args

from sandbox.frames import Message, ProtocolError
from sandbox.jobs import Failure, FailureKind, Limits, SandboxUnavailable
from sandbox.slot import Exit
from sandbox.stages import replies
from sandbox.stages.deaths import death
from sandbox.tree import DTYPES, Leaf, Node
from tests.fuzz.source import Source, read_json

_NAMES = (
    "kind",
    "message",
    "error",
    "frames",
    "values",
    "column",
    "line",
    "function",
    "text",
    "draw",
    "arrays",
    "dtype",
)
_WORDS = (*get_args(FailureKind), *DTYPES, "tuple", "array")
_PRINTED = (
    "Fatal Python error: ",
    "Thread 0x",
    "Stack (most recent call first)",
    'File "submission.py", line ',
    " in ",
    "7",
    "bad_alloc",
    "\n",
)
#: How often a piece is repeated: more digits than Python reads as a number, and a page as long as may be printed.
_TIMES = (1, 1, 1, 1, 1, 2, 5000, 60_000)
#: Characters of a field, and of what is said of a limit beside it.
_TEXT, _SENTENCE = 4000, 200
_EXPECTED = Node("tuple", (Leaf("bool", (3,)), Leaf("key", ())))


def seeds() -> list[bytes]:
    """Honest replies, the dump of a fatal signal, and values of the fuzzer's own making."""
    frame = {"line": 3, "function": "f", "text": "return x"}
    failure = {"kind": "exception", "message": "no", "error": "ValueError", "frames": [frame], "values": [["x", "y"]]}
    limited = {"kind": "memory", "message": "no", "limit": {"name": "memory", "used": 1 << 40}}
    result = {"draw": 1, "milliseconds": 1.5, "returns": {"kind": "none"}, "arrays": []}
    headers: list[Any] = [failure, limited, result]
    dump = b'\2hello\nFatal Python error: Aborted\n\n  File "submission.py", line 3 in f\n'
    return [*[b"\0" + json.dumps(header).encode() for header in headers], dump, b"\3" + bytes(range(90)), b"\1\6\4\1"]


def one(fuzzed: bytes) -> None:
    """Read one reply or one page of print."""
    source = Source(fuzzed)
    match source.byte() % 4:
        case 0:
            header, _, body = source.rest().partition(b"\0")
            _check_reply(read_json(header), body)
        case 1:
            _check_reply(source.value(_NAMES, _WORDS), source.rest())
        case 2:
            _check_printed(source.rest().decode(errors="replace"))
        case _:
            pieces = []
            while not source.empty:
                piece = source.choose(_PRINTED) if source.byte() % 4 else source.text()
                pieces.append(piece * source.choose(_TIMES))
            _check_printed("".join(pieces)[: Limits().output])


def _check_reply(header: Any, body: bytes) -> None:
    _check_failure(replies.failure(header, Limits()))
    if not isinstance(header, dict):
        return  # the frame reader lets objects through only
    message = Message(header, body)
    assert 0 <= replies.milliseconds(header) < 1e9
    for name in _NAMES:
        assert len(replies.text(header, name)) <= _TEXT
    reads: list[Callable[[], object]] = [
        lambda: replies.integer(header, "draw", 5),
        lambda: replies.tree(header, "returns"),
        lambda: replies.values(message),
        lambda: replies.matching_values(message, _EXPECTED),
    ]
    for read in reads:
        try:
            read()
        except ProtocolError:
            continue


def _check_failure(failure: Failure) -> None:
    assert failure.kind in get_args(FailureKind)
    assert len(failure.message) <= _TEXT + _SENTENCE
    assert len(failure.error) <= 200
    assert max(len(failure.frames), len(failure.values)) <= 20
    assert all(0 <= frame.line < 1 << 24 and len(frame.function) <= _TEXT for frame in failure.frames)
    assert all(len(part) <= 200 for pair in failure.values for part in pair)


def _check_printed(printed: str) -> None:
    kept, frames = replies.split_dump(printed)
    assert printed.startswith(kept)
    assert frames or kept == printed
    for code in (-31, -24, -11, -9, 0, 1):
        try:
            failure = death(Exit(code, 1.5, 1 << 20), printed, Limits())
        except SandboxUnavailable:
            assert code == -signal.SIGKILL
            continue
        _check_failure(failure)
