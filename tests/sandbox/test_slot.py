"""The backend's end of a slot's pipe, behind which a zygote says what no zygote of ours would."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.frames import HEADER, MAX_AHEAD, MAX_FRAME, FrameType, Message, ProtocolError
from sandbox.jobs import SandboxUnavailable
from sandbox.slot import Child, Exit, Expired, Flooded, Slot

_OUTPUT = 100
_BODY = 50


class _Script:
    """A stream that delivers given bytes in given steps, and takes whatever it is sent."""

    def __init__(self) -> None:
        self.closed = False
        self.reading, self._feeding = os.pipe()
        self._sink, self.writing = os.pipe()

    def say(self, sent: bytes, step: int) -> None:
        self.sent, self.step = sent, step
        os.write(self._feeding, b"x")  # ready to be read from now on

    @property
    def alive(self) -> bool:
        return not self.closed

    def write(self, data: bytes) -> int:
        return len(data)

    def read(self) -> bytes | None:
        if not self.sent:
            return None
        chunk, self.sent = self.sent[: self.step], self.sent[self.step :]
        return chunk

    def errors(self) -> str:
        return "last words"

    def kill(self) -> None:
        self.closed = True

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            for descriptor in (self.reading, self._feeding, self._sink, self.writing):
                os.close(descriptor)


def _frame(kind: int, number: int, payload: bytes) -> bytes:
    return HEADER.pack(kind, number, len(payload)) + payload


@contextlib.contextmanager
def _slot(sent: bytes, step: int) -> Iterator[tuple[Slot, list[Child]]]:
    """A slot with two children, of whom nothing has been heard."""
    stream = _Script()
    slot = Slot(stream)
    children = [slot.spawn("trace", {}, output_limit=_OUTPUT, max_body=_BODY) for _ in range(2)]
    if sent:
        stream.say(sent, step)
    yield slot, children
    slot.close()


def _pumped(sent: bytes, step: int) -> tuple[list[tuple[bytes, list[Message], bool, Exit | None]], bool]:
    """What is known of each child once everything was read, and whether the slot was given up for a bad frame."""
    with _slot(sent, step) as (slot, children):
        gone = ""
        try:
            while True:
                slot.pump(time.monotonic() + 5)
                for child in children:
                    assert len(child.printed) <= _OUTPUT + MAX_FRAME
                    assert len(child.reader._buffer) <= _BODY + MAX_AHEAD + MAX_FRAME
        except SandboxUnavailable as error:
            gone = str(error)
        assert not slot.alive
        return [_known(child) for child in children], "ended unexpectedly" not in gone


def _known(child: Child) -> tuple[bytes, list[Message], bool, Exit | None]:
    messages: list[Message] = []
    with contextlib.suppress(ProtocolError):
        while (message := child.reader.take()) is not None:
            messages.append(message)
    return bytes(child.printed), messages, child.broken is not None, child.exit


_EXIT = json.dumps({"code": -9, "cpu_seconds": 0.5, "max_rss": 7}).encode()
_NUMBER = st.integers(0, 3)
_SENT = st.lists(
    st.one_of(
        st.builds(_frame, st.just(FrameType.PRINTED), _NUMBER, st.binary(max_size=80)),
        st.builds(
            _frame, st.just(FrameType.RESULT), _NUMBER, st.binary(max_size=80).map(lambda b: Message({}, b).encode())
        ),
        st.builds(_frame, st.just(FrameType.RESULT), _NUMBER, st.binary(max_size=40)),
        st.builds(_frame, st.just(FrameType.EXIT), _NUMBER, st.just(_EXIT)),
        st.builds(_frame, st.just(FrameType.READY), _NUMBER, st.just(b'{"jax": "1"}')),
        st.builds(_frame, st.sampled_from([FrameType.EXIT, FrameType.READY]), _NUMBER, st.binary(max_size=20)),
        st.builds(_frame, st.integers(0, 255), _NUMBER, st.binary(max_size=20)),
        st.binary(max_size=20),
    ),
    min_size=1,
    max_size=12,
).map(b"".join)


@given(sent=_SENT.filter(len), step=st.integers(1, 300))
@settings(max_examples=200, deadline=None)
def test_how_frames_arrive_never_changes_what_is_known(sent: bytes, step: int) -> None:
    """Repeated, reordered, cut or forged frames would end the worker, or be read by when they arrived."""
    whole = _pumped(sent, len(sent) + 1)
    assert _pumped(sent, step) == whole
    assert _pumped(sent, 1) == whole


def test_each_child_gets_its_own_frames() -> None:
    """One submission would be given another's prints or results."""
    messages = [Message({"of": number}, bytes([number])) for number in (1, 2)]
    sent = b"".join(
        _frame(FrameType.PRINTED, number, b"p%d" % number) + _frame(FrameType.RESULT, number, message.encode())
        for number, message in enumerate(messages, 1)
    )
    sent += _frame(FrameType.RESULT, 99, messages[0].encode()) + _frame(FrameType.EXIT, 2, _EXIT)
    known, _ = _pumped(sent, 7)
    assert known == [(b"p1", [messages[0]], False, None), (b"p2", [messages[1]], False, Exit(-9, 0.5, 7))]


@pytest.mark.parametrize("length", [MAX_FRAME + 1, 2**63, 2**64 - 1])
def test_an_oversized_frame_ends_the_slot_at_once(length: int) -> None:
    """The backend would wait for, or store, bytes without end."""
    with _slot(HEADER.pack(FrameType.RESULT, 1, length), 100) as (slot, (child, _)):
        with pytest.raises(SandboxUnavailable, match="oversized frame: last words"):
            child.receive(time.monotonic() + 5)
        assert not slot.alive


_UNREADABLE = [b"", b"{", b"[]", b"[" * 5000, b"\xff"]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        *((kind, payload) for kind in (FrameType.READY, FrameType.EXIT) for payload in _UNREADABLE),
        *((FrameType.EXIT, payload) for payload in (b"{}", b'{"code": 1}')),
    ],
)
def test_an_unreadable_frame_is_our_fault_and_ends_the_slot(kind: FrameType, payload: bytes) -> None:
    """A zygote gone wrong would end the worker with an error that nobody retries."""
    with _slot(_frame(kind, 1, payload), 1000) as (slot, (child, _)):
        with pytest.raises(SandboxUnavailable, match="unreadable frame"):
            child.receive(time.monotonic() + 5)
        assert not slot.alive


def test_a_flood_is_cut_off() -> None:
    """A child that prints, or sends ahead, without end would fill the service's memory."""
    printed = _frame(FrameType.PRINTED, 1, bytes(60))
    with _slot(printed * 1000, 1 << 16) as (_, (child, _other)):
        with pytest.raises(Flooded):
            child.receive(time.monotonic() + 5)
        assert len(child.printed) <= _OUTPUT + MAX_FRAME
    ahead = _frame(FrameType.RESULT, 1, bytes(MAX_FRAME))
    with _slot(ahead * 80, 1 << 22) as (slot, (child, _other)):
        with contextlib.suppress(SandboxUnavailable):
            while True:
                slot.pump(time.monotonic() + 5)
        assert child.broken is not None
        assert len(child.reader._buffer) <= _BODY + MAX_AHEAD + MAX_FRAME


def test_no_wait_is_longer_than_its_deadline() -> None:
    """A silent child would hold its worker for ever."""
    with _slot(b"", 1) as (_, (child, _other)):
        started = time.monotonic()
        with pytest.raises(Expired):
            child.receive(started + 0.05)
        assert time.monotonic() - started < 2
