"""Patterns beside the arguments of a case and in its functions, and both results side by side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.comparison.compare import compare
from app.judge.explain.arguments import Known
from app.judge.explain.mismatch import explain
from app.judge.explain.side_by_side import side_by_side
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Node, Tree

X = np.array([0.5, -1.25, 2.0, 0.75, -3.0], np.float32)
P = np.array([0.5, 1.25, 2.0, 0.75, 3.5], np.float32)
W = np.array([1.5, 0.25, -2.0, 4.0, 0.5], np.float32)
M = np.array([[1, 2, 5], [7, 3, 11], [13, 17, 4], [2, 9, 6]], np.float32) / 3
SIZES = {"N": 5, "B": 4, "D": 3}


def say(
    expected: object, got: object, arguments: Mapping[str, Array] | None = None, operations: tuple[str, ...] = ()
) -> str:
    """The explanation of one array against another, beside arguments."""
    mine, yours = np.asarray(expected), np.asarray(got)
    trees = [Leaf(array.dtype.name, array.shape) for array in (mine, yours)]
    mismatch = compare(trees[0], [mine], trees[1], [yours], {})
    assert mismatch is not None
    known = Known(arguments or {}, ("",), operations=frozenset(operations))
    said = explain(mismatch, [mine], [yours], SIZES, known).text
    assert said.isprintable()
    return said


def softmax(x: Array, axis: int) -> Array:
    powers = np.exp(x - x.max(axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis, keepdims=True))


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (np.sqrt(P), P, "or a square root (`jnp.sqrt`) is missing"),
        (P, np.sqrt(P), "put through a square root (`jnp.sqrt`): that is too much"),
        (P**2, P, "or a square (`x**2`) is missing"),
        (np.log(P), P, "or a logarithm (`jnp.log`) is missing"),
        (np.tanh(X), X, "Put through a hyperbolic tangent"),
        (1 / P, P, "put through a reciprocal"),
        (np.abs(X), X, "an absolute value (`jnp.abs`) is missing"),
        (X, np.abs(X), "Your result is the absolute value"),
        (np.maximum(X, 0), X, "`jax.nn.relu`"),
        (X, np.maximum(X, 0), "a ReLU"),
        (X, np.trunc(X), "The fractions are cut off"),
        (P, np.floor(P), "The fractions are cut off"),
        (np.log2(P), np.log(P), "natural logarithm and base 2"),
        (np.log(P), np.log10(P), "natural logarithm and base 10"),
        (P, P * 5 / 4, "too large by N / (N - 1) with N = 5, as where a variance divides by N - 1 instead of N"),
        (P, P / np.float32(np.sqrt(5)), "too small by the square root of N = 5"),
        (np.cumsum(P), P, "The running sum of your result along axis 0"),
        (P, np.cumsum(P), "Your result is the running sum"),
        (softmax(M, 1), softmax(M, 0), "sums to 1 over axis 0, and the expected one sums to 1 over axis 1"),
        (softmax(M, 1), M, "The softmax of your result over axis 1 is right"),
        (M, np.flip(M, 1), "reverse order along axis 1"),
        (M, np.concatenate([M[:1] - 9, M[:-1]]), "Along axis 0 every entry stands one index too high."),
        (P, 0 * P, "Every element is 0"),
        (P, np.full(5, 1.7, np.float32), "the same number"),
        (P, P + np.eye(5, dtype=np.float32)[4], "Only the last element is wrong"),
        (P, P + np.eye(5, dtype=np.float32)[0], "Only the first element is wrong"),
        (P, P + np.array([0, 0, 1, 1.5, 1], np.float32), "from 2 on all is wrong"),
        (P, P * np.array([1, 0, 1, 0, 1], np.float32), "Where your result is wrong it is 0"),
        (np.full(3, 2.5, np.float32), np.full(3, 12.5, np.float32), "what a sum over N gives where a mean"),
    ],
)
def test_a_function_that_is_missing_is_named(expected: Array, got: Array, words: str) -> None:
    """A well-known mistake was told by its figures alone, or as another one."""
    assert words in say(expected.astype(np.float32), got.astype(np.float32))


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (2 * X, X, "Your result is the argument `x` unchanged"),
        (M * 3 + M[1], M * 3, "With the argument `row` added your result would be right"),
        (M * 3, M * 3 + M[1], "With the argument `row` subtracted your result would be right"),
        (W * P, P, "Multiplied by the argument `w`"),
        (W - P * np.float32(0.1), W + P * np.float32(0.1), "The step from `w` goes the opposite way"),
        (W - P / 10, W - P / 2, "The step from `w` is exactly 5 times the expected one, and N = 5: a sum over N"),
        (W - P / 10, P, "The expected result is `w - 0.1 * step`"),
        (W - P / 10, -P / 10, "Your result is only the change of `w`"),
        ((M**2).sum(1), M.sum(1), "Your result is the plain sum of the argument `m` over axis 1"),
        ((M**2).sum(1), M.sum(1) ** 2, "Your result is the square of the sum of the argument `m`"),
        (M[0] + 1, M, "Your result has the shape of the argument `m`, where that of `v` is expected"),
    ],
)
def test_a_result_is_looked_at_beside_the_arguments(expected: Array, got: Array, words: str) -> None:
    """A forgotten argument, or a step in the wrong direction, was told by its figures alone."""
    arguments = {"x": X, "w": W, "m": M, "v": np.zeros(3, np.float32), "row": M[1]}
    assert words in say(expected.astype(np.float32), got.astype(np.float32), arguments)


def test_indices_that_occur_twice_are_recognised() -> None:
    """``.at[].set`` where ``.add`` is meant was told by its figures alone."""
    indices = np.array([0, 2, 2, 4, 0], np.int32)
    got = P - np.array([1, 0, 2, 0, 0], np.float32)
    assert "`x.at[indices].add(y)`" in say(P, got, {"indices": indices})
    assert "add(y)" not in say(P, got, {"indices": np.array([1, 1, 3], np.int32)})


def test_an_argument_is_named_only_if_no_other_would_do() -> None:
    """One of two arguments that both put a result right was blamed by chance."""
    said = say(W + P, P, {"w": W, "other": W.copy()})
    assert "missing from the sum" not in said


@pytest.mark.parametrize(
    ("got", "operations", "words", "not_said"),
    [
        (np.nan, ("divide",), "NaN comes from 0/0 here", "root"),
        (np.nan, ("log",), "a root or logarithm of a negative number", "0/0"),
        (np.inf, ("divide",), "Infinity comes from a division by 0", "logarithm"),
        (np.nan, ("exponential", "divide"), "before `jnp.exp`, subtract the maximum along the axis", "0/0"),
    ],
)
def test_what_makes_nan_is_named_by_the_operations(
    got: float, operations: tuple[str, ...], words: str, not_said: str
) -> None:
    """A learner without any division was told to look for one, or one with large exponents for 0/0."""
    values = X.copy()
    values[1] = got
    said = say(X, values, {"x": 400 * X}, operations)
    assert words in said
    assert not_said not in said


def test_parts_in_the_wrong_order_are_recognised() -> None:
    """Two results that are exchanged were told as wrong numbers."""
    tree = Node("tuple", (Leaf("float32", (5,)), Leaf("float32", (5,))))
    mismatch = compare(tree, [X, P], tree, [P, X], {})
    assert mismatch is not None
    said = explain(mismatch, [X, P], [P, X], SIZES, Known({}, ("[0]", "[1]"))).text
    assert said.startswith("`result[0]` is wrong. `result[0]` and `result[1]` are swapped: ")


def test_units_in_the_last_place_are_told_of_small_errors() -> None:
    """An error of rounding was not told from a wrong formula."""
    assert "128 ulp" in say(np.float32(1.0), np.float32(1 + 128 * 2**-23))
    assert "ulp" not in say(np.float32(1.0), np.float32(1.5))
    assert "ulp" not in say(np.int32(1), np.int32(2))


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (Leaf("float32", (2,)), Node("tuple", (Leaf("float32", (2,)),)), "A comma at the end of a `return`"),
        (Leaf("float32", ()), Node("tuple", (Leaf("float32", ()), Leaf("float32", ()))), "jax.value_and_grad"),
        (Leaf("float32", (2,)), Node("list", (Leaf("float32", ()),)), "jnp.stack"),
        (Node("tuple", (Leaf("float32", ()),)), Node("list", (Leaf("float32", ()),)), "square brackets"),
    ],
)
def test_slips_in_containers_come_with_the_way_out(expected: Tree, got: Tree, words: str) -> None:
    """A trailing comma was told as a type, without what made it."""
    mismatch = compare(expected, [], got, [], {})
    assert mismatch is not None
    assert words in explain(mismatch, [], [], {}).text


def table(expected: object, got: object, dtype: str | None = None) -> str:
    mine, yours = np.asarray(expected), np.asarray(got)
    trees = [Leaf(dtype or array.dtype.name, array.shape) for array in (mine, yours)]
    mismatch = compare(trees[0], [mine], trees[1], [yours], {})
    assert mismatch is not None
    return side_by_side(mismatch, [mine], [yours])


def test_small_arrays_are_shown_side_by_side() -> None:
    """A learner would have to print both to see them, or could not see which elements differ."""
    assert table([1.0, 2.0], [1.0, 3.0]).splitlines() == [
        "index  expected  got",
        "[0]    1         1",
        "[1]    2         3 *",
    ]
    matrix = table([[1, 2], [3, 4]], [[1, 2], [3, 5]]).splitlines()
    assert [line.split() for line in matrix[1:]] == [["1", "2", "1", "2"], ["3", "4", "3", "5*"]]
    assert table([1.0, 2.0], 3.0) == "expected [1, 2]\ngot      3"
    assert table(1.0, 2.0) == table([1.0], [1]) == ""
    assert table([[1, 2]], [[1, 3]], KEY).count("\n") == 0


def test_of_a_large_array_a_few_elements_that_differ_are_shown() -> None:
    """A large result filled the terminal, or showed only elements that are right."""
    expected = np.zeros((40, 50), np.float32)
    got = expected.copy()
    got[3] = 7
    lines = table(expected, got).splitlines()
    assert len(lines) == 14
    assert lines[1].split() == ["[3,", "0]", "0", "7"]
    assert lines[-1] == "... and 38 more that differ"


floats = st.lists(st.floats(width=32), min_size=1, max_size=20)


@settings(max_examples=200, deadline=None)
@given(floats, floats, floats)
def test_any_numbers_are_explained_beside_any_argument(one: list[float], two: list[float], three: list[float]) -> None:
    """Some numbers made a pattern or the table raise, warn, or grow beyond its bounds."""
    expected, got, argument = (np.array(values, np.float32) for values in (one, two, three))
    for shape in ((-1,), (1, -1)):
        mine, yours = expected.reshape(shape), got.reshape(shape)
        trees = [Leaf("float32", array.shape) for array in (mine, yours)]
        mismatch = compare(trees[0], [mine], trees[1], [yours], {})
        if mismatch is not None:
            known = Known({"a": argument, "i": np.arange(len(three))}, ("",))
            assert explain(mismatch, [mine], [yours], {"N": len(one)}, known).text.isprintable()
            text = side_by_side(mismatch, [mine], [yours])
            assert len(text.splitlines()) <= 14
            assert len(text) < 2000
