"""Both message readers on one hostile stream, cut up in several ways.

Invariant held: only ``ProtocolError`` is raised, cutting changes nothing, and no more is kept than the bound.
"""

from __future__ import annotations

import os

from sandbox.frames import MAX_AHEAD, Message, MessageReader, ProtocolError, read_message
from tests.fuzz.source import Source

#: Longest body accepted; small, so that inputs of a few bytes reach the bound.
_BODY = 64
_PIPE = 1 << 16  # bytes that a pipe takes without a reader


def seeds() -> list[bytes]:
    """Honest streams, one that is cut and one whose lengths lie."""
    streams = [
        Message({}, b"").encode(),
        Message({"type": "done", "n": 1}, b"body").encode() * 3,
        Message({"a": [1, None, "é"]}, bytes(_BODY)).encode()[:-1],
        b"acl1" + (2).to_bytes(4, "little") + (2**63).to_bytes(8, "little") + b"{}",
    ]
    return [bytes([step]) + stream for stream in streams for step in (0, 1, 7)]


def one(fuzzed: bytes) -> None:
    """Read one stream in every way."""
    source = Source(fuzzed)
    step = source.byte() + 1
    stream = source.rest()[:_PIPE]
    whole = _taken(stream, len(stream) + 1)
    assert _taken(stream, step) == whole, "the result depends on how the stream arrived"
    assert _blocking(stream) == (whole[0], whole[1]), "the two readers disagree"
    again = b"".join(message.encode() for message in whole[0])
    assert _taken(again, step)[0] == whole[0] or any(_lossy(message) for message in whole[0]), "not what was written"


def _taken(stream: bytes, step: int) -> tuple[list[Message], bool]:
    """What was read, and whether all of it could be."""
    reader, found = MessageReader(_BODY), []
    try:
        for at in range(0, len(stream), step):
            reader.feed(stream[at : at + step])
            assert len(reader._buffer) <= _BODY + MAX_AHEAD + step
            while (message := reader.take()) is not None:
                assert len(message.body) <= _BODY
                found.append(message)
    except ProtocolError:
        return found, False
    return found, not reader._buffer


def _blocking(stream: bytes) -> tuple[list[Message], bool]:
    end, start = os.pipe()
    found: list[Message] = []
    try:
        os.write(start, stream)
        os.close(start)
        while (message := read_message(end, _BODY)) is not None:
            found.append(message)
    except ProtocolError:
        return found, False
    finally:
        os.close(end)
    return found, True


def _lossy(message: Message) -> bool:
    """Whether JSON does not tell this header from itself: NaN differs from NaN."""
    return bool(message.header != message.header) or "NaN" in str(message.header) or "nan" in str(message.header)
