"""The pipe protocol: messages survive any way of being cut up, and nothing hostile is believed or awaited."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.frames import (
    MAX_AHEAD,
    MAX_MESSAGE_HEADER,
    Message,
    MessageReader,
    ProtocolError,
    read_message,
    write_all,
)

_BODY = 1000


@given(body=st.binary(max_size=300), cuts=st.lists(st.integers(1, 50), min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_message_survives_being_cut_up(body: bytes, cuts: list[int]) -> None:
    """A result that arrives in pieces would be lost or mixed up with the next one."""
    messages = [Message({"type": "x", "n": 1}, body), Message({"type": "y"}, b"")]
    stream = b"".join(message.encode() for message in messages)
    reader = MessageReader(max_body=1000)
    found: list[Message] = []
    while stream:
        step = cuts[len(found) % len(cuts)]
        reader.feed(stream[:step])
        stream = stream[step:]
        while (message := reader.take()) is not None:
            found.append(message)
    assert found == messages


@given(stream=st.binary(min_size=16, max_size=300))
@settings(max_examples=200, deadline=None)
def test_a_hostile_stream_raises_only_the_protocol_error(stream: bytes) -> None:
    """Forged bytes would crash the service instead of failing the submission."""
    reader = MessageReader(max_body=1000)
    reader.feed(stream)
    try:
        taken = reader.take()
    except ProtocolError:
        return
    assert taken is None, "sixteen random bytes were read as a message"


def _announced(header: int, body: int) -> bytes:
    return b"acl1" + header.to_bytes(4, "little") + body.to_bytes(8, "little")


#: Pieces a liar's stream is made of: whole messages, cut ones, announcements of too much, and noise.
_WHOLE = st.binary(max_size=_BODY // 10).map(lambda body: Message({"n": len(body)}, body).encode())
_PIECES = st.lists(
    _WHOLE
    | st.tuples(_WHOLE, st.integers(0, 40)).map(lambda cut: cut[0][: cut[1]])
    | st.tuples(st.integers(0, 2**32 - 1), st.sampled_from([0, 1, _BODY, _BODY + 1, 2**63, 2**64 - 1])).map(
        lambda sizes: _announced(*sizes)
    )
    | st.sampled_from([b"acl1", _announced(2, 0) + b"[]", _announced(2, 1) + b"{}"])
    | st.binary(max_size=30),
    max_size=8,
)


def _taken(stream: bytes, steps: list[int]) -> tuple[list[Message], bool]:
    """What a reader makes of a stream that arrives in steps: its messages, and whether it then refused."""
    reader, found, at = MessageReader(_BODY), [], 0
    for turn in range(len(stream) + 1):
        step = steps[turn % len(steps)]
        try:
            reader.feed(stream[at : at + step])
            while (message := reader.take()) is not None:
                found.append(message)
        except ProtocolError:
            return found, True
        at += step
        if at >= len(stream):
            break
    return found, False


@given(pieces=_PIECES, steps=st.lists(st.integers(1, 200), min_size=1))
@settings(max_examples=300, deadline=None)
def test_how_a_stream_is_cut_never_changes_what_is_read(pieces: list[bytes], steps: list[int]) -> None:
    """Repeated, reordered or cut messages could be read as others when they arrive at the right moment."""
    stream = b"".join(pieces + pieces[::-1])
    whole = _taken(stream, [len(stream) + 1])
    assert _taken(stream, steps) == whole
    assert _taken(stream, [1]) == whole
    again = b"".join(message.encode() for message in whole[0])
    assert _taken(again, steps) == (whole[0], False), "what was read is what is written"


@given(pieces=_PIECES)
@settings(max_examples=150, deadline=None)
def test_a_blocking_reader_and_the_other_one_agree(pieces: list[bytes]) -> None:
    """A child would take for a job what its parent never sent, or wait for ever at the end of its input."""
    stream = b"".join(pieces)
    messages, refused = _taken(stream, [len(stream) + 1])
    end, start = os.pipe()
    try:
        os.write(start, stream)  # shorter than a pipe holds
        os.close(start)
        found = []
        with contextlib.suppress(ProtocolError):
            while (message := read_message(end, _BODY)) is not None:
                found.append(message)
            assert not refused
        assert found == messages
    finally:
        os.close(end)


def test_a_message_cut_off_is_refused_at_the_end_of_the_pipe() -> None:
    """A child whose parent died would take half a job for a whole one."""
    whole = Message({"a": 1}, b"body").encode()
    for length in range(1, len(whole)):
        end, start = os.pipe()
        os.write(start, whole[:length])
        os.close(start)
        with pytest.raises(ProtocolError):
            read_message(end, _BODY)
        os.close(end)


def test_a_message_longer_than_a_pipe_is_written_whole() -> None:
    """A job of many megabytes would be cut where the pipe was full."""
    message = Message({"a": 1}, bytes(range(256)) * 4096)
    end, start = os.pipe()
    writer = threading.Thread(target=write_all, args=(start, message.encode()))
    writer.start()
    assert read_message(end, len(message.body)) == message
    writer.join()
    os.close(start)
    os.close(end)


def test_a_reader_never_holds_more_than_its_bound() -> None:
    """A child that sends without end, of the right form or not, would fill the service's memory."""
    chunk = Message({}, bytes(_BODY)).encode() * 1000
    reader, sent = MessageReader(_BODY), 0
    tracemalloc.start()
    try:
        with contextlib.suppress(ProtocolError):
            while sent < 4 * MAX_AHEAD:
                reader.feed(chunk)
                sent += len(chunk)
        # A bytearray grows by an eighth at a time, and moving it needs both copies at most.
        assert tracemalloc.get_traced_memory()[1] < 2.5 * MAX_AHEAD
    finally:
        tracemalloc.stop()
    assert sent <= _BODY + MAX_AHEAD + len(chunk)
    assert len(reader._buffer) <= _BODY + MAX_AHEAD + len(chunk)


def test_an_announcement_allocates_nothing() -> None:
    """Sixteen bytes that promise the longest message would take its memory at once."""
    reader = MessageReader(1 << 30)
    tracemalloc.start()
    try:
        reader.feed(_announced(MAX_MESSAGE_HEADER, 1 << 30))
        assert reader.take() is None
        assert tracemalloc.get_traced_memory()[1] < 1 << 16
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("header", "body"), [(MAX_MESSAGE_HEADER + 1, 0), (2, 1001), (2, 2**63), (2**32 - 1, 0)])
def test_a_length_beyond_its_bound_is_refused_at_once(header: int, body: int) -> None:
    """The service would wait for, or allocate, bytes that a liar announced."""
    reader = MessageReader(max_body=1000)
    reader.feed(b"acl1" + header.to_bytes(4, "little") + body.to_bytes(8, "little"))
    with pytest.raises(ProtocolError):
        reader.take()


@pytest.mark.parametrize("header", [b"[]", b"3", b"{", b"\xff", b"[" * 100_000, b"1" * 10_000])
def test_a_header_that_is_no_object_is_refused(header: bytes) -> None:
    """A header of another kind would be used as a mapping."""
    reader = MessageReader(max_body=0)
    reader.feed(b"acl1" + len(header).to_bytes(4, "little") + bytes(8) + header)
    with pytest.raises(ProtocolError):
        reader.take()


def test_a_message_says_what_it_was_given() -> None:
    """Headers would not come back equal."""
    reader = MessageReader(max_body=10)
    reader.feed(Message({"a": [1, None, "é"]}, b"xyz").encode())
    message = reader.take()
    assert message is not None
    assert (json.dumps(message.header), message.body) == (json.dumps({"a": [1, None, "é"]}), b"xyz")
