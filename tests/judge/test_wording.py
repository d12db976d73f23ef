"""Shapes with names in them, numbers and untrusted text."""

from __future__ import annotations

import pytest

from app.judge.explain.wording import numbers_apart, one_line, shape_text, size_name, type_text
from sandbox.tree import Leaf, Node


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ((), "`()`"),
        ((5,), "`(N,)` = `(5,)`"),
        ((5, 3), "`(N, D)` = `(5, 3)`"),
        ((7,), "`(7,)`"),
        ((1, 5), "`(1, N)` = `(1, 5)`"),
        ((4,), "`(4,)`"),
    ],
)
def test_axes_are_named_where_one_name_fits(shape: tuple[int, ...], said: str) -> None:
    """An axis was not named, or named by one of two sizes that are equal, or by a size of 1."""
    assert shape_text(shape, {"N": 5, "D": 3, "ONE": 1, "A": 4, "B": 4}) == said


def test_a_size_of_one_has_no_name() -> None:
    """Every scalar axis was taken for a batch of one."""
    assert size_name(1, {"N": 1}) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n  b\tc", "a b c"),
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x1b\\", "link"),
        ("a\u202eb\u200bc\x00d\x9b31me", "abcde"),
        ("", ""),
    ],
)
def test_text_is_cleaned(text: str, said: str) -> None:
    """A control sequence, a line break or an invisible character came through."""
    assert one_line(text) == said


def test_text_is_cut() -> None:
    """A long text came through whole, or was cut without a sign."""
    assert one_line("x" * 50, 10) == "x" * 9 + "…"
    assert one_line("x" * 10, 10) == "x" * 10


def test_types_of_results_are_cut() -> None:
    """A result of a thousand leaves filled the message."""
    assert len(type_text(Node("list", (Leaf("float32", ()),) * 1000))) <= 200


def test_numbers_are_told_apart() -> None:
    """Two unequal numbers were shown as the same digits."""
    assert numbers_apart(1.0, 2.0) == ("1", "2")
    assert numbers_apart(1.0, 1.0 + 1e-9) == ("1", "1.000000001")
    assert numbers_apart(1.0, 1.0 + 2**-52) == ("1", "1.0000000000000002")
    assert numbers_apart(2**63 - 1, 2**63 - 2) == ("9223372036854775807", "9223372036854775806")
    assert numbers_apart(1 + 2j, 1 + 3j) == ("1+2j", "1+3j")
