"""The backend's side of one slot: a zygote behind an outer wall, and the children it forks.

A slot is used by one thread at a time. Invariant: reading never waits for end of file, every wait has a deadline on
this process's clock, and whatever a child sends is bounded before it is stored.
"""

from __future__ import annotations

import json
import secrets
import select
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from sandbox.frames import HEADER, MAX_FRAME, FrameType, Message, MessageReader, ProtocolError
from sandbox.jobs import SandboxUnavailable
from sandbox.stream import Stream

#: How long a zygote may take to import JAX and announce itself.
START_SECONDS = 60.0
#: How long a zygote may take to kill a child before the whole slot is given up.
KILL_SECONDS = 5.0
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Exit:
    """How a child ended: ``code`` is negative for a signal; sizes in bytes."""

    code: int
    cpu_seconds: float
    max_rss: int


class Expired(Exception):
    """The deadline passed before the child answered."""


class Flooded(Exception):
    """The child printed more than it may."""


@dataclass
class Child:
    """One live child of a slot."""

    number: int
    slot: Slot
    output_limit: int
    reader: MessageReader
    printed: bytearray = field(default_factory=bytearray)
    #: What our own code in it writes between its prints, and how often at most: the limit does not count that.
    boundary: bytes = b""
    boundaries: int = 0
    exit: Exit | None = None
    #: Whether it has not taken all of its input: until then the zygote hears nothing of us.
    waits: bool = False
    broken: ProtocolError | None = None

    def send(self, message: Message, deadline: float) -> None:
        """Send a job.

        Raises:
            Expired: the child did not take it in time.
            SandboxUnavailable: the slot died.
        """
        encoded = message.encode()
        self.slot.write(HEADER.pack(FrameType.DATA, self.number, len(encoded)) + encoded, deadline)

    def receive(self, deadline: float) -> Message | Exit:
        """The next message, or how the child ended once there are no more.

        Raises:
            Expired: neither came before ``deadline`` (``time.monotonic``).
            Flooded: the child printed more than its limit.
            ProtocolError: it sent something that is no message.
            SandboxUnavailable: the slot died.
        """
        while True:
            if self.flooded:
                raise Flooded
            if self.broken is not None:
                raise self.broken
            if (message := self.reader.take()) is not None:
                return message
            if self.exit is not None:
                return self.exit
            self.slot.pump(deadline)

    def separate_prints(self, most: int) -> str:
        """Choose what our own code in it is to write between its prints, ``most`` times at most; it goes in the job."""
        boundary = f"\0{secrets.token_hex(8)}\0"
        self.boundary, self.boundaries = boundary.encode(), most
        return boundary

    @property
    def flooded(self) -> bool:
        """Whether it has printed more than its limit."""
        beyond = len(self.printed) - self.output_limit
        return beyond > 0 and beyond > len(self.boundary) * min(self.printed.count(self.boundary), self.boundaries)

    def take_printed(self) -> bytes:
        """What was printed since the last call, up to the limit."""
        printed = bytes(self.printed)
        self.printed.clear()
        return (printed.replace(self.boundary, b"") if self.boundary else printed)[: self.output_limit]

    def take_printed_before_boundary(self) -> bytes:
        """What was printed since the last call up to the next boundary, or all of it if none has come."""
        printed, found, rest = bytes(self.printed).partition(self.boundary)
        self.printed[:] = rest if found else b""
        return printed

    def close_input(self) -> None:
        """Tell the child that no more jobs come."""
        self.slot.write(HEADER.pack(FrameType.CLOSE, self.number, 0), time.monotonic() + KILL_SECONDS)

    def end(self) -> Exit:
        """Kill the child if it still lives, and wait until the zygote has reaped it.

        Raises:
            SandboxUnavailable: the zygote did not do so; the slot must be given up.
        """
        deadline = time.monotonic() + KILL_SECONDS
        try:
            if self.exit is None:
                self.slot.kill(self.number, deadline)
            while self.exit is None:
                self.slot.pump(deadline)
        except Expired as error:
            self.slot.close()
            raise SandboxUnavailable("a slot did not end its child in time") from error
        self.slot.children.pop(self.number, None)
        return self.exit


class Slot:
    """A running zygote and its pipe."""

    def __init__(self, stream: Stream, on_close: Callable[[], None] = lambda: None) -> None:
        """Own ``stream``, whose zygote is starting; ``wait_until_ready`` before use.

        Args:
            stream: what holds the zygote.
            on_close: called once, after the zygote has ended.
        """
        self.stream = stream
        self.children: dict[int, Child] = {}
        self.jobs = 0
        #: What the zygote said of itself; empty until it is ready.
        self.toolchain: dict[str, str] = {}
        self._numbers = 0
        self._incoming = bytearray()
        self._outgoing = bytearray()
        self._on_close = on_close
        self._closed = False

    def wait_until_ready(self) -> None:
        """Wait for the zygote to announce itself.

        Raises:
            SandboxUnavailable: it did not come up; the text carries what it wrote to standard error.
        """
        deadline = time.monotonic() + START_SECONDS
        try:
            while not self.toolchain:
                self.pump(deadline)
        except Expired as error:
            self.close()
            raise SandboxUnavailable(f"a sandbox process did not start within {START_SECONDS:.0f} s") from error

    @property
    def sending(self) -> bool:
        """Whether something is still on its way to a child."""
        return bool(self._outgoing)

    @property
    def alive(self) -> bool:
        """Whether the zygote still runs."""
        return not self._closed and self.stream.alive

    def spawn(self, role: str, wall: dict[str, Any], *, output_limit: int, max_body: int) -> Child:
        """Fork a child.

        Raises:
            SandboxUnavailable: the slot died.
        """
        self._numbers += 1
        self.jobs += 1
        child = Child(self._numbers, self, output_limit, MessageReader(max_body))
        self.children[child.number] = child
        request = json.dumps({"role": role, "wall": wall}).encode()
        frame = HEADER.pack(FrameType.SPAWN, child.number, len(request)) + request
        try:
            self.write(frame, time.monotonic() + KILL_SECONDS)
        except Expired as error:
            self.close()
            raise SandboxUnavailable("a slot does not take new jobs") from error
        return child

    def write(self, frame: bytes, deadline: float) -> None:
        """Send a frame, taking in what children send meanwhile."""
        self._outgoing += frame
        while self._outgoing:
            self.pump(deadline)

    def kill(self, number: int, deadline: float) -> None:
        """Have the zygote kill a child.

        Raises:
            SandboxUnavailable: a message is still on its way to a child that does not read; the zygote would meet this
                frame only behind it, so the whole slot is given up.
        """
        if self._outgoing:
            self.close()
            raise SandboxUnavailable("a child did not take its job")
        self.write(HEADER.pack(FrameType.KILL, number, 0), deadline)

    def pump(self, deadline: float) -> None:
        """Move bytes once in each direction, waiting until something moves.

        Raises:
            Expired: nothing moved before ``deadline``.
            SandboxUnavailable: the zygote is gone.
        """
        if self._closed:
            raise SandboxUnavailable("the slot is closed")
        wanted = {self.stream.reading: select.POLLIN}
        if self._outgoing:
            wanted[self.stream.writing] = wanted.get(self.stream.writing, 0) | select.POLLOUT
        poll = select.poll()
        for descriptor, events in wanted.items():
            poll.register(descriptor, events)
        ready = dict(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))
        if not ready:
            raise Expired
        try:
            if self._outgoing and ready.get(self.stream.writing, 0) & ~select.POLLIN:
                del self._outgoing[: self.stream.write(memoryview(self._outgoing)[:_CHUNK].tobytes())]
            arrived = self.stream.read() if ready.get(self.stream.reading, 0) & ~select.POLLOUT else b""
        except OSError:
            self._died()
        if arrived is None:
            self._died()
        self._incoming += arrived
        while self._take_frame():
            pass

    def _take_frame(self) -> bool:
        if len(self._incoming) < HEADER.size:
            return False
        kind, number, length = HEADER.unpack_from(self._incoming)
        if length > MAX_FRAME:
            self._died("sent an oversized frame")
        end = HEADER.size + length
        if len(self._incoming) < end:
            return False
        payload = bytes(memoryview(self._incoming)[HEADER.size : end])
        del self._incoming[:end]
        try:
            self._dispatch(kind, number, payload)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            self._died("sent an unreadable frame")
        return True

    def _dispatch(self, kind: int, number: int, payload: bytes) -> None:
        if kind == FrameType.READY:
            self.toolchain = {str(name): str(value) for name, value in json.loads(payload).items()}
            return
        child = self.children.get(number)
        if child is None:
            return
        if kind == FrameType.PRINTED:
            if not child.flooded:
                child.printed += payload
        elif kind == FrameType.RESULT and child.broken is None:
            try:
                child.reader.feed(payload)
            except ProtocolError as error:
                child.broken = error
        elif kind == FrameType.WAITS:
            child.waits = payload == b"\1"
        elif kind == FrameType.EXIT:
            ended = json.loads(payload)
            child.exit = Exit(ended["code"], ended["cpu_seconds"], ended["max_rss"])

    def _died(self, why: str = "ended unexpectedly") -> NoReturn:
        written = self.stream.errors()
        self.close()
        raise SandboxUnavailable(f"a sandbox process {why}{': ' if written else ''}{written[-1000:]}")

    def close(self) -> None:
        """End the zygote and everything behind its wall; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self.stream.close()
        self._on_close()

    def end(self) -> None:
        """Kill the zygote; safe from any thread. Whoever uses the slot finds it dead and closes it."""
        self.stream.kill()
