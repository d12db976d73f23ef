"""Both results of a public case, element by element."""

from __future__ import annotations

import json
from typing import Any

import ml_dtypes
import numpy as np
import pytest

from app.judge.comparison.compare import Mismatch, compare
from app.judge.explain.elements import MOST, elements
from app.judge.verdict import Compared
from app.problems.model import Tolerance
from sandbox.arrays import Array
from sandbox.tree import Leaf, Node, Tree

NAN, INFINITY = float("nan"), float("inf")


def _floats(values: list[Any]) -> Array:
    return np.array(values, np.float32)


def _leaf(array: Array) -> Leaf:
    return Leaf(array.dtype.name, array.shape)


def _told(expected: Array, got: Array, atol: float = 0.0) -> Compared:
    tolerances = {expected.dtype.name: Tolerance(atol=atol, rtol=0.0)}
    mismatch = compare(_leaf(expected), [expected], _leaf(got), [got], tolerances)
    assert mismatch is not None
    return elements(mismatch, [expected], [got], tolerances)


def test_small_arrays_are_told_whole() -> None:
    """A page could not mark the wrong elements, nor say by how much they are off."""
    told = _told(_floats([1.0, 2.0, 0.1]), _floats([1.0, 5.0, 0.2]), atol=0.5)
    assert told.expected.values == (1.0, 2.0, 0.1)
    assert told.got.values == (1.0, 5.0, 0.2)
    assert (told.expected.rows, told.expected.columns) == (1, 3)
    assert told.errors == (0.0, 3.0, 0.1)
    assert (told.off, told.worst, told.error, told.allowance, told.count) == ((1,), (1,), 3.0, 0.5, 1)


def test_what_is_not_finite_is_text_and_has_no_error() -> None:
    """JSON has no NaN, and the distance to one is no number: a report could not be sent."""
    told = _told(_floats([1.0, NAN, INFINITY]), _floats([NAN, NAN, -INFINITY]))
    assert told.expected.values == (1.0, "nan", "inf")
    assert told.got.values == ("nan", "nan", "-inf")
    assert told.errors == (None, None, None)
    assert told.off == (0, 2)
    json.dumps(told.model_dump(mode="json"), allow_nan=False)


def test_of_large_arrays_the_part_around_the_worst_element_is_told() -> None:
    """Reports would be as large as results, or show a part in which everything is right."""
    expected = np.zeros((4, 50, 300), np.float32)
    got = expected.copy()
    got[2, 7, 250] = 1.0
    told = _told(expected, got)
    grid = told.got
    assert len(grid.values) == grid.rows * grid.columns <= MOST
    assert len(told.errors) == len(told.expected.values) == len(grid.values)
    place = (2 * 50 + 7 - grid.top) * grid.columns + 250 - grid.left
    assert grid.values[place] == 1.0
    assert told.off == (place,)
    assert told.worst == (2, 7, 250)


@pytest.mark.parametrize(("shape", "index"), [((5000,), (4999,)), ((5000, 1), (0, 0)), ((1, 5000), (0, 17))])
def test_long_and_narrow_arrays_keep_their_worst_element(shape: tuple[int, ...], index: tuple[int, ...]) -> None:
    """The part would end beside the array, or leave out what is wrong."""
    expected = np.zeros(shape, np.int32)
    got = expected.copy()
    got[index] = 9
    told = _told(expected, got)
    assert 9 in told.got.values
    assert len(told.off) == 1


def test_other_shapes_are_told_each_for_itself() -> None:
    """Elements that have no counterpart would be compared."""
    told = _told(_floats([1.0, 2.0]), _floats([[1.0], [2.0], [3.0]]))
    assert (told.expected.type, told.got.type) == ("float32[2]", "float32[3, 1]")
    assert told.got.values == (1.0, 2.0, 3.0)
    assert (told.got.rows, told.got.columns) == (3, 1)
    assert told.errors == ()
    assert told.off == ()


def test_other_containers_are_told_by_their_types() -> None:
    """Values of trees that do not match would stand side by side."""
    got: Tree = Node("tuple", (Leaf("float32", ()),))
    mismatch = Mismatch("tree", "[0]", Leaf("float32", (2,)), got)
    told = elements(mismatch, [], [], {})
    assert (told.path, told.expected.type, told.got.type) == ("[0]", "float32[2]", "(float32[],)")
    assert told.got.values == ()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.bool_(True), True),
        (np.int8(-3), -3),
        (np.complex64(1 + 2j), "(1+2j)"),
        (np.array(0.1, ml_dtypes.bfloat16)[()], 0.1),
        (np.float64(0.1), 0.1),
    ],
)
def test_elements_are_told_as_what_they_are(value: Array, shown: object) -> None:
    """A truth value would be a number, and a short float would have digits that mean nothing."""
    expected, got = np.array([value]), np.zeros(1, value.dtype)
    told = _told(expected, got)
    assert told.expected.values == (shown,)
    assert type(told.expected.values[0]) is type(shown)
    assert Compared.model_validate_json(told.model_dump_json()) == told
