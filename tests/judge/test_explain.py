"""Explanations: precise on public cases, a class of reason on hidden ones, and patterns only where they hold."""

from __future__ import annotations

import math
from typing import get_args

import ml_dtypes
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.judge.comparison.compare import Mismatch, Worst, compare
from app.judge.explain.mismatch import explain, explain_hidden
from app.judge.verdict import Reason
from app.problems.folder.submissions import _REASONS
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Node, Static, Tree

SIZES = {"N": 5, "D": 3}
X = np.array([0.5, -1.25, 2.0, 0.75, -3.0], np.float32)
M = np.arange(12, dtype=np.float32).reshape(3, 4) ** 2
SQUARE = np.array([[1, 2, 5], [7, 3, 11], [13, 17, 4]], np.float32)


def say(expected: object, got: object, sizes: dict[str, int] = SIZES) -> str:
    """The explanation of one array against another."""
    mine, yours = np.asarray(expected), np.asarray(got)
    trees = [Leaf(array.dtype.name, array.shape) for array in (mine, yours)]
    mismatch = compare(trees[0], [mine], trees[1], [yours], {})
    assert mismatch is not None
    return explain(mismatch, [mine], [yours], sizes).text


def say_tree(expected: Tree, got: Tree) -> str:
    mismatch = compare(expected, [], got, [], {})
    assert mismatch is not None
    return explain(mismatch, [], [], {}).text


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (X.sum(), X, ("expected `()`, got `(N,)` = `(5,)`", "per-example gradients not summed")),
        (X.mean(), X, ("per-example gradients not averaged",)),
        (M.sum(0), M, ("expected `(4,)`, got `(D, 4)` = `(3, 4)`", "not summed")),
        (M, M.T, ("transposed",)),
        (X[0], X[:1], ("expected `()`, got `(1,)`", "extra axis of size 1")),
        (X, X[:, None], ("got `(N, 1)` = `(5, 1)`", "extra axis of size 1")),
        (X[:, None], X, ("lacks an axis of size 1",)),
        (X, X[:, None] + 0 * X, ("(n, 1) and one of shape (n,)",)),
        (X, X.sum(), ("summed over axis 0",)),
        (M, M.mean(1), ("averaged over axis 1",)),
        (np.ones(5, np.float32), np.float32(1), ("broadcasting only",)),
        (M, M.reshape(2, 6), ("another shape: reshape",)),
    ],
)
def test_patterns_of_shapes(expected: Array, got: Array, words: tuple[str, ...]) -> None:
    """A well-known mistake in shapes was not recognised, or its axes were not named."""
    said = say(expected, got)
    assert "wrong shape" in said
    for part in words:
        assert part in said


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (X, -X, "sign is flipped"),
        (X[0], -X[0], "sign is flipped"),
        (SQUARE, SQUARE.T, "transposed"),
        (X, 2 * X, "exactly 2 times the expected one"),
        (X, X / 2, "exactly 1/2 of the expected one"),
        (X, -3 * X, "exactly -3 times"),
        (X, X / -4, "exactly -1/4 of the expected one"),
        (X, -5 * X, "exactly -5 times the expected one: look for a constant factor"),
        (X, 5 * X, "N = 5: off by the batch size, a sum where a mean is expected"),
        (X[1], X[1] / 5, "exactly 1/5 of the expected one, and N = 5: off by the batch size, a mean where a sum"),
        (X, X + np.float32(0.25), "same 0.25: a constant offset"),
        (X, X[::-1], "reverse order"),
        (X, np.roll(X, 1), "one index too high, rolled around"),
        (X, X[[1, 0, 2, 4, 3]], "another order"),
        (X, X + np.float32(5e-5), "close: look for rounding"),
        (np.array([2, 3, 4]), np.array([4, 6, 8]), "exactly 2 times"),
        (X, np.where(X > 0, np.float32(math.nan), X), "NaN comes from"),
    ],
)
def test_patterns_of_values(expected: Array, got: Array, words: str) -> None:
    """A well-known mistake in values was not recognised."""
    assert words in say(expected, got)


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (X[0], X[0] * np.float32(3.7), "factor"),
        (X[1], 4 * X[1], "factor"),
        (X, X * np.float32(0.0174625), "factor"),
        (X, X / 54, "times"),
        (X, 7 * X, "times"),
        (X, X / 54, "of the expected result"),
        (np.full(4, 0.3, np.float32), np.full(4, 0.6, np.float32), "factor"),
        (np.full(4, 0.3, np.float32), np.full(4, 1.5, np.float32), "batch"),
        (np.array([0.0, 0.3, 0.3]), np.array([0.0, 0.6, 0.6]), "factor"),
        (np.float32(1), np.float32(5), "batch"),
        (np.array(2), np.array(10), "batch"),
        (np.array([1e300, 2e300]), np.array([1e-19, 2e-19]), "times"),
        (np.full(4, 0.3, np.float32), np.full(4, 0.8, np.float32), "offset"),
        (np.array([1e-3, 2e-3], np.float32), np.full(2, 1000, np.float32), "offset"),
        (X[0], X[0] + np.float32(2), "offset"),
        (np.array([1, 2]), np.array([1, 3]), "factor"),
        (np.array([-1, 2]), np.array([0, 2]), "offset"),
        (np.array([1e6, 1.0], np.float32), np.array([1e6, 2.0], np.float32), "offset"),
        (np.zeros(3, np.float32), np.ones(3, np.float32), "factor"),
        (np.array([0, 0, 3], np.float32), np.array([0, 0, 5], np.float32), "factor"),
        (X, 0 * X, "factor"),
        (np.array([True, False]), np.array([False, True]), "order"),
        (X, np.array([1, 2, 3, 4, 5], np.float32), "It "),
    ],
)
def test_patterns_are_not_guessed(expected: Array, got: Array, words: str) -> None:
    """A pattern was claimed that the numbers do not show, or that any single number would show."""
    assert words not in say(expected, got)


def test_a_factor_that_two_sizes_share_is_no_batch_size() -> None:
    """The batch size was blamed although two sizes are equal, or although a lost factor 2 looks the same."""
    assert "batch" not in say(X, 5 * X, {"N": 5, "M": 5})
    assert "batch" not in say(X, 2 * X, {"N": 2})


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (X.astype(np.float64), X, "x64 is off"),
        (X, X.astype(np.float64), "float64 explicitly"),
        (X, np.ones(5, np.int32), "`1.0` instead of `1`"),
        (X.astype(np.complex64), X, "expected complex64, got float32"),
    ],
)
def test_patterns_of_dtypes(expected: Array, got: Array, words: str) -> None:
    """A wrong dtype was told without its usual cause."""
    said = say(expected, got)
    assert "wrong dtype" in said
    assert words in said


def test_values_are_told_in_full() -> None:
    """The place, the values, the error beside its allowance or the share of elements was not told."""
    got = X.copy()
    got[3] = 10
    said = say(X, got)
    for part in (
        "At index [3]: expected",
        "expected 0.75, got 10",
        "error of 9.25 where 1.1e-05 is allowed",
        "relative error 12",
    ):
        assert part in said
    assert "1 of 5 elements are off (20 %)" in said


def test_shares_are_never_rounded_to_all_or_nothing() -> None:
    """One wrong element in many was told as 0 %, or one right one as 100 %."""
    zeros = np.zeros(10_000, np.float32)
    one = zeros.copy()
    one[7] = 1
    assert "1 of 10,000 elements are off (under 1 %)" in say(zeros, one)
    assert "(over 99 %)" in say(zeros, 1 - one)


def test_booleans_and_keys_have_no_error() -> None:
    """A boolean or a PRNG key was given an absolute error or a value."""
    said = say(np.array([True, False]), np.array([True, True]))
    assert "expected False, got True" in said
    assert "allowed" not in said
    tree, words = Leaf(KEY, (2,)), np.array([[1, 2], [3, 4]], np.uint32)
    mismatch = compare(tree, [words], tree, [words[::-1]], {})
    assert mismatch is not None
    assert explain(mismatch, [words], [words[::-1]], {}).text.startswith("The result is another PRNG key at index")


L = Leaf("float32", ())


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (L, Node("none"), "is None, expected is one array, `float32[]`. Is a `return` missing?"),
        (Node("tuple", (L, L)), Node("list", (L, L)), "a tuple of 2, `(float32[], float32[])`, but it is a list of 2"),
        (Node("tuple", (L, Node("tuple", (L,)))), Node("tuple", (L, L)), "`result[1]` should be a tuple of 1"),
        (Node("dict", (L,), ("a",)), Node("dict", (L,), ("c",)), "Keys missing: 'a'; not expected: 'c'."),
        (L, Node("custom", (L,), (), "Foo\x1b[2J"), "it is an object of type `Foo` with 1 inside, `Foo(float32[])`."),
        (L, Node("custom", (), (), "str"), "it is an object of type `str`, neither an array nor a container"),
        (L, Node("custom", (), (), "object\x1b[2J"), "it is an object of type `object`, neither"),
        (Node("tuple", (L,)), Node("custom", (), (), "function"), "tuple of 1, `(float32[],)`, but it is an object of"),
        (L, Node("custom", (), (), "array of int4"), "but it is an array of int4, which is no dtype that a result may"),
        (L, Static("x" * 9999), "the Python value"),
    ],
)
def test_trees_are_told(expected: Tree, got: Tree, words: str) -> None:
    """A result of another structure was not told where and how, or a learner's class name came through raw."""
    said = say_tree(expected, got)
    assert words in said
    assert said.isprintable()
    assert len(said) < 700


def test_the_path_of_a_leaf_is_told() -> None:
    """A wrong leaf in a tuple was told without its place."""
    tree = Node("dict", (Node("tuple", (Leaf("float32", (5,)),)),), ("w",))
    mismatch = compare(tree, [X], tree, [-X], {})
    assert mismatch is not None
    assert explain(mismatch, [X], [-X], {}).text.startswith("`result['w'][0]` is wrong. The sign is flipped")


@pytest.mark.parametrize("reason", ["tree", "shape", "dtype", "nonfinite", "value"])
def test_hidden_cases_tell_the_reason_only(reason: Reason) -> None:
    """An explanation of a hidden case depends on something else than the reason, or has a number in it."""
    said = set()
    for size, value in ((5, 1.0), (7, 3.25)):
        worst = Worst((size,), value, -value, value, value, value, size, size)
        leaf = Leaf("float64", (size,))
        said.add(explain_hidden(Mismatch(reason, f"[{size}]", leaf, leaf, 0, worst)))  # type: ignore[arg-type]
    assert len(said) == 1
    assert not any(character.isdigit() for character in said.pop())


def test_every_reason_of_a_wrong_answer_has_a_hidden_sentence() -> None:
    """A reason was added to the vocabulary without what to say of it on a hidden case."""
    leaf = Leaf("float32", ())
    for reason in get_args(Reason):
        if reason not in _REASONS["rule_broken"]:
            assert explain_hidden(Mismatch(reason, "", leaf, leaf))


DTYPES = [np.dtype(kind) for kind in ("bool", "int8", "uint64", "float16", "float32", "float64", "complex64")]


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    dtype = draw(st.sampled_from([*DTYPES, np.dtype(ml_dtypes.bfloat16), np.dtype(ml_dtypes.float8_e4m3fn)]))
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=3)))
    count = math.prod(shape)
    raw = draw(st.binary(min_size=count * dtype.itemsize, max_size=count * dtype.itemsize))
    return np.frombuffer(bytes(byte & 1 for byte in raw) if dtype.kind == "b" else raw, dtype).reshape(shape)


@settings(max_examples=200, deadline=None)
@given(arrays(), arrays())
@example(np.array(False), np.array(0x7F810000, np.uint32).view(np.float32))  # a signalling NaN
def test_any_mismatch_is_explained(expected: Array, got: Array) -> None:
    """Some pair of arrays made the explanation raise, warn or break its line."""
    trees = [Leaf(array.dtype.name, array.shape) for array in (expected, got)]
    mismatch = compare(trees[0], [expected], trees[1], [got], {})
    if mismatch is not None:
        said = explain(mismatch, [expected], [got], SIZES).text
        assert said.isprintable()
        assert said.endswith((".", "?"))


@settings(max_examples=200, deadline=None)
@given(arrays(), st.data())
def test_any_mismatch_of_values_is_explained(expected: Array, data: st.DataObject) -> None:
    """Some pair of arrays of one shape and dtype made the explanation raise or warn."""
    size = expected.size * expected.dtype.itemsize
    raw = data.draw(st.binary(min_size=size, max_size=size))
    raw = bytes(byte & 1 for byte in raw) if expected.dtype.kind == "b" else raw
    got = np.frombuffer(raw, expected.dtype).reshape(expected.shape)
    leaf = Leaf(expected.dtype.name, expected.shape)
    mismatch = compare(leaf, [expected], leaf, [got], {})
    if mismatch is not None:
        assert explain(mismatch, [expected], [got], SIZES).text.isprintable()
