"""Both layers of the pipe protocol, for both ends; standard library only.

Outer layer, between the backend and the zygote: *frames* that say which child they belong to. Inner layer, between
the backend and one child: *messages*, a JSON header and a body of bytes, carried in DATA and RESULT frames. Invariant:
every length is checked against its bound before anything is allocated or awaited, and nothing is ever unpickled.
"""

from __future__ import annotations

import enum
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

#: Frame header: type, child, payload length.
HEADER = struct.Struct("<BIQ")
#: Longest payload of a frame from the zygote; it forwards at most one pipe's worth at a time.
MAX_FRAME = 1 << 20

_MESSAGE = struct.Struct("<4sIQ")
_MAGIC = b"acl1"
#: Longest JSON header of a message.
MAX_MESSAGE_HEADER = 4 << 20
#: Bytes a child may send before they are read, beside the longest message.
MAX_AHEAD = 64 << 20


class FrameType(enum.IntEnum):
    """What a frame is: the first five go in, the others come out."""

    SPAWN = 1  # JSON: role and limits of a new child
    DATA = 2  # bytes for the child's input
    CLOSE = 3  # no more input
    KILL = 4
    QUIT = 5
    READY = 16  # JSON: versions; sent once
    PRINTED = 17  # bytes the child wrote to its standard output or error
    RESULT = 18  # bytes of the child's message stream
    EXIT = 19  # JSON: how the child ended; its last frame
    WAITS = 20  # one byte: 1 once the child leaves no room for its input, 0 once it has taken all of it


class ProtocolError(ValueError):
    """Bytes that do not follow the protocol."""


@dataclass(frozen=True)
class Message:
    """One message of the inner layer."""

    header: dict[str, Any]
    body: bytes = b""

    def encode(self) -> bytes:
        """The bytes that travel."""
        header = json.dumps(self.header, separators=(",", ":")).encode()
        return _MESSAGE.pack(_MAGIC, len(header), len(self.body)) + header + self.body


@dataclass
class MessageReader:
    """Cuts a hostile stream of bytes into messages, one at a time, when they are asked for.

    Attributes:
        max_body: longest body accepted.
    """

    max_body: int
    _buffer: bytearray = field(default_factory=bytearray)

    def feed(self, chunk: bytes) -> None:
        """Keep bytes that arrived.

        Raises:
            ProtocolError: more are waiting to be read than any honest child sends ahead.
        """
        if len(self._buffer) > self.max_body + MAX_AHEAD:
            raise ProtocolError("too much was sent ahead")
        self._buffer += chunk

    def take(self) -> Message | None:
        """The next whole message, None if more bytes are needed.

        Raises:
            ProtocolError: not a message, or longer than allowed.
        """
        if len(self._buffer) < _MESSAGE.size:
            return None
        header_size, body_size = _sizes(bytes(self._buffer[: _MESSAGE.size]), self.max_body)
        end = _MESSAGE.size + header_size + body_size
        if len(self._buffer) < end:
            return None
        split = _MESSAGE.size + header_size
        message = Message(_header(bytes(self._buffer[_MESSAGE.size : split])), bytes(self._buffer[split:end]))
        del self._buffer[:end]
        return message


def read_message(descriptor: int, max_body: int) -> Message | None:
    """Read one message from a blocking pipe; None at its end.

    Raises:
        ProtocolError: not a message, longer than allowed, or cut off.
    """
    start = _read_exactly(descriptor, _MESSAGE.size)
    if not start:
        return None
    if len(start) < _MESSAGE.size:
        raise ProtocolError("the stream ends inside a message")
    header_size, body_size = _sizes(start, max_body)
    header = _read_exactly(descriptor, header_size)
    body = _read_exactly(descriptor, body_size)
    if len(header) != header_size or len(body) != body_size:
        raise ProtocolError("the stream ends inside a message")
    return Message(_header(header), body)


def write_all(descriptor: int, chunk: bytes | memoryview) -> None:
    """Write every byte to a blocking pipe."""
    view = memoryview(chunk)
    while view:
        view = view[os.write(descriptor, view) :]


def _sizes(start: bytes, max_body: int) -> tuple[int, int]:
    magic, header_size, body_size = _MESSAGE.unpack(start)
    if magic != _MAGIC:
        raise ProtocolError("the stream is not made of messages")
    if header_size > MAX_MESSAGE_HEADER or body_size > max_body:
        raise ProtocolError(f"a message of {header_size} + {body_size} bytes is too long")
    return header_size, body_size


def _header(raw: bytes) -> dict[str, Any]:
    try:
        header = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("a message's header is not JSON") from error
    if not isinstance(header, dict):
        raise ProtocolError("a message's header is not an object")
    return header


def _read_exactly(descriptor: int, count: int) -> bytes:
    chunks = bytearray()
    while len(chunks) < count:
        chunk = os.read(descriptor, min(count - len(chunks), 1 << 20))
        if not chunk:
            break
        chunks += chunk
    return bytes(chunks)
