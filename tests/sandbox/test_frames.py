"""The pipe protocol: messages survive any way of being cut up, and nothing hostile is believed or awaited."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.frames import MAX_MESSAGE_HEADER, Message, MessageReader, ProtocolError


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
