"""What hostile children reply: read in bounded time and space, and never a fault of ours."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import tree as trees
from sandbox.arrays import dtype_name
from sandbox.frames import Message, ProtocolError
from sandbox.jobs import FailureKind, Frame, Limits
from sandbox.slot import Exit
from sandbox.stages import replies
from sandbox.stages.deaths import death
from sandbox.tree import DTYPES, Leaf, Node

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([10**4000, -1, 2**63]) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
#: Fields under their right names with anything in them, right things among it.
_HEADER = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from([*get_args(FailureKind), "accepted"]) | JSON,
        "message": st.text(min_size=3990) | JSON,
        "error": JSON,
        "frames": st.lists(
            st.fixed_dictionaries({}, optional={"line": JSON, "function": JSON, "text": JSON}) | JSON, max_size=30
        ),
        "values": st.lists(st.lists(JSON, min_size=2, max_size=2) | JSON, max_size=30) | JSON,
        "column": st.integers() | JSON,
        "milliseconds": st.floats() | JSON,
        "draw": st.integers(-1, 9) | JSON,
        "returns": JSON,
        "arrays": JSON,
    },
)
#: What a learner can print to look like the dump of a fatal signal.
_DUMP = st.lists(
    st.sampled_from(
        [
            "Fatal Python error: ",
            "Thread 0x",
            "Current thread 0x",
            "Stack (most recent call first)",
            '  File "submission.py", line 3 in f\n',
            '  File "submission.py", line ',
            "1" * 5000,
            "²٣",
            " in ",
            "f" * 3000,
            "\n",
            "bad_alloc",
        ]
    )
    | st.text(max_size=5),
    max_size=40,
).map("".join)


@given(header=_HEADER, body=st.binary(max_size=20))
@settings(max_examples=300, deadline=None)
def test_a_hostile_reply_raises_only_the_protocol_error(header: dict[str, Any], body: bytes) -> None:
    """A forged reply would end the worker that reads it, or reach a page without bounds."""
    failure = replies.failure(header, Limits())
    assert failure.kind in get_args(FailureKind)
    assert len(failure.message) <= 4000
    assert len(failure.error) <= 200
    assert len(failure.frames) <= 20
    assert len(failure.values) <= 20
    assert all(0 <= frame.line < 1 << 24 and len(frame.function) <= 4000 for frame in failure.frames)
    assert 0 <= replies.milliseconds(header) < 1e9
    expected = Node("tuple", (Leaf("bool", (3,)), Leaf("key", ())))
    readers: list[Callable[[], Any]] = [
        lambda: replies.integer(header, "draw", 5),
        lambda: replies.tree(header, "returns"),
        lambda: replies.values(Message(header, body)),
        lambda: replies.matching_values(Message(header, body), expected),
    ]
    for read in readers:
        try:
            found = read()
        except ProtocolError:
            continue
        assert type(found) is not int or 0 <= found < 5


@given(printed=_DUMP)
@settings(max_examples=300, deadline=None)
def test_a_printed_dump_is_read_without_fail(printed: str) -> None:
    """Printing what looks like a dump would be a fault of ours, or lose what else was printed."""
    kept, frames = replies.split_dump(printed)
    assert printed.startswith(kept)
    assert len(frames) <= 20
    assert all(0 <= frame.line < 10**7 and len(frame.function) <= 200 for frame in frames)
    assert frames or kept == printed
    for code in (-31, -24, -11, -64, 0, 1):
        failure = death(Exit(code, 1.5, 1 << 20), printed, Limits())
        assert failure.kind in get_args(FailureKind)
        assert failure.frames == frames


def test_a_dump_gives_the_learners_lines_outermost_first() -> None:
    """A crash would be shown without its place, or upside down."""
    dump = 'Fatal Python error: Segmentation fault\n\n  File "submission.py", line 2 in g\n  File "x.py", line 9 in h\n'
    kept, frames = replies.split_dump(f'hello\n{dump}  File "submission.py", line 4 in f\n')
    assert (kept, frames) == ("hello\n", (Frame(4, "f", ""), Frame(2, "g", "")))


@pytest.mark.parametrize(
    "piece", ["Thread 0x", "Fatal Python error: ", 'File "submission.py", line ', "Stack (most recent call first)"]
)
def test_reading_a_dump_takes_time_in_proportion(piece: str) -> None:
    """One megabyte of print() would keep a worker busy for a quarter of a minute, outside every limit."""
    started = time.process_time()
    replies.split_dump(piece * ((1 << 20) // len(piece)))
    assert time.process_time() - started < 2, "the quadratic reading took fifteen seconds"


def test_a_line_number_of_5000_digits_is_no_line() -> None:
    """Python refuses to read it as a number, and that would end the worker instead of the submission."""
    printed = 'Fatal Python error: x\n  File "submission.py", line ' + "1" * 5000 + " in f\n"
    assert replies.split_dump(printed) == (printed, ())


@given(
    shape=st.lists(st.integers(0, 3) | st.sampled_from([2**20, 2**47]), max_size=4), dtype=st.sampled_from([*DTYPES])
)
@settings(max_examples=100, deadline=None)
def test_arrays_are_those_of_their_tree_or_refused(shape: list[int], dtype: str) -> None:
    """A liar's shape would reach the judge, or an enormous empty one would break it."""
    message = Message(json.loads(json.dumps({"arrays": [{"dtype": dtype, "shape": shape}]})), b"")
    leaf = Leaf(dtype, tuple(shape))
    try:
        (found,) = replies.matching_values(message, leaf)
    except ProtocolError:
        return
    assert (dtype_name(found.dtype), found.shape, found.size) == (leaf.dtype, leaf.shape, 0)
    assert trees.leaves(leaf) == [("", leaf)]
