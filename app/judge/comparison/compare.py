"""Whether a result is the expected one, and if not, what is the first thing wrong with it.

Strict where graders commonly are not: no broadcasting, no dtype promotion, NaN equal only to NaN, and an allowance that
scales with the *expected* value. Invariant: ``compare`` looks at the whole result for each reason, in the order tree,
shape, dtype, nonfinite, value, and never raises for arrays that carry their trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from app.judge.comparison.tolerances import tolerance_for
from app.problems.model import Tolerance
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Node, Static, Tree, leaves, step, walk

Scalar = bool | int | float | complex

#: Elements compared at a time: bounds the float64 copies of a large result.
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Worst:
    """The element that is off most, and how many are.

    Attributes:
        index: position in the leaf; ``()`` for a scalar.
        expected: the reference's element there.
        got: the learner's.
        absolute: ``|got - expected|``; None where one of them is NaN or infinite.
        relative: ``absolute / |expected|``, infinite for an expected zero; None where ``absolute`` is.
        allowance: ``atol + rtol * |expected|``; None where ``absolute`` is.
        off: elements that fail.
        count: elements of the leaf.
    """

    index: tuple[int, ...]
    expected: Scalar
    got: Scalar
    absolute: float | None
    relative: float | None
    allowance: float | None
    off: int
    count: int


@dataclass(frozen=True)
class Mismatch:
    """The first thing wrong with a result.

    Attributes:
        reason: which comparison failed.
        path: where in the tree (``[0]['w']``), empty for the root.
        expected: the reference's leaf there, or its subtree for the reason ``tree``.
        got: the learner's.
        position: the leaf's index in flattening order; None for the reason ``tree`` and for static values.
        worst: for ``nonfinite`` and ``value``, but of arrays only.
    """

    reason: Literal["tree", "shape", "dtype", "nonfinite", "value"]
    path: str
    expected: Tree
    got: Tree
    position: int | None = None
    worst: Worst | None = None


def compare(
    expected_tree: Tree,
    expected: Sequence[Array],
    got_tree: Tree,
    got: Sequence[Array],
    tolerances: Mapping[str, Tolerance] | None,
) -> Mismatch | None:
    """The first mismatch of a result against the reference's, or None if it is right.

    Args:
        expected_tree: the reference's result, its leaves' shapes and dtypes included.
        expected: the arrays of its leaves in flattening order; typed keys as their key data.
        got_tree: the learner's result; leaves agree with the vetted program, node kinds are what the tracer said.
        got: its arrays, likewise.
        tolerances: the problem's overrides of the per-dtype defaults; None if values are somebody else's to compare:
            NaN and infinities are then wrong only in leaves where the reference has none at all.
    """
    return _structure(expected_tree, got_tree) or next(
        _leaves(expected_tree, expected, got_tree, got, tolerances), None
    )


def compare_types(expected: Tree, got: Tree) -> Mismatch | None:
    """The first mismatch of a result's type against the reference's, whatever its values; None if it is right.

    Args:
        expected: the reference's result.
        got: the learner's.
    """
    if isinstance(expected, Leaf) and expected == got:
        return None  # what most results are, and hundreds of random ones
    return _structure(expected, got) or next(_types(expected, got), None)


def same_type(expected: Tree, got: Tree) -> bool:
    """Whether structure, shapes and dtypes agree; what can be said before anything was computed."""
    pairs = zip(leaves(expected), leaves(got), strict=False)
    return _structure(expected, got) is None and all(mine == yours for mine, yours in pairs)


@np.errstate(invalid="ignore")
def wide(values: Array) -> Array:
    """As float64 or complex128, in which every short float is exact; a signalling NaN becomes a quiet one."""
    return values.astype(np.complex128 if values.dtype.kind == "c" else np.float64)


def _structure(expected: Tree, got: Tree, path: str = "") -> Mismatch | None:
    """The outermost, leftmost place where the two trees are not built alike."""
    if not _same_node(expected, got):
        return Mismatch("tree", path, expected, got)
    if isinstance(expected, Node) and isinstance(got, Node):
        for index, (mine, yours) in enumerate(zip(expected.children, got.children, strict=True)):
            if mismatch := _structure(mine, yours, path + step(expected, index)):
                return mismatch
    return None


def _same_node(expected: Tree, got: Tree) -> bool:
    match expected, got:
        case Leaf(), Leaf():
            return True
        case Static(mine), Static(yours):
            return type(mine) is type(yours)
        case Node(), Node():
            same_names = (expected.kind, expected.keys, expected.name) == (got.kind, got.keys, got.name)
            return same_names and len(expected.children) == len(got.children)
    return False


def _types(expected: Tree, got: Tree) -> Iterator[Mismatch]:
    """Wrong shapes, and then wrong dtypes, of leaves of two trees of the same structure."""
    pairs = list(zip(leaves(expected), leaves(got), strict=True))
    for position, ((path, mine), (_, yours)) in enumerate(pairs):
        if mine.shape != yours.shape:
            yield Mismatch("shape", path, mine, yours, position)
    for position, ((path, mine), (_, yours)) in enumerate(pairs):
        if mine.dtype != yours.dtype:
            yield Mismatch("dtype", path, mine, yours, position)


def _leaves(
    expected_tree: Tree,
    expected: Sequence[Array],
    got_tree: Tree,
    got: Sequence[Array],
    tolerances: Mapping[str, Tolerance] | None,
) -> Iterator[Mismatch]:
    """Mismatches of leaves of two trees of the same structure, every leaf's types first, values last."""
    yield from _types(expected_tree, got_tree)
    pairs = list(zip(leaves(expected_tree), leaves(got_tree), strict=True))
    for position, ((path, leaf), (_, yours)) in enumerate(pairs):
        known = tolerances is not None or _is_finite(expected[position])
        if known and (worst := _first_nonfinite(expected[position], got[position])):
            yield Mismatch("nonfinite", path, leaf, yours, position, worst)
    for position, ((path, leaf), (_, yours)) in enumerate(pairs if tolerances is not None else ()):
        tolerance = tolerance_for(leaf.dtype, tolerances or {})
        mine_values, your_values = (_whole_keys(leaf, array) for array in (expected[position], got[position]))
        if worst := _worst_value(mine_values, your_values, tolerance):
            yield Mismatch("value", path, leaf, yours, position, worst)
    yield from _static_values(expected_tree, got_tree)


def _static_values(expected: Tree, got: Tree) -> Iterator[Mismatch]:
    """Static values that differ, of two trees of the same structure; NaN is equal to itself."""
    for (path, mine), (_, yours) in zip(walk(expected), walk(got), strict=True):
        if isinstance(mine, Static) and repr(mine) != repr(yours):
            yield Mismatch("value", path, mine, yours)


def _whole_keys(leaf: Leaf, array: Array) -> Array:
    """An array with one element per element of the leaf: the two words of a typed key make one uint64."""
    if leaf.dtype != KEY:
        return array
    return np.ascontiguousarray(array).view(np.uint64).reshape(leaf.shape)


@np.errstate(all="ignore")
def _first_nonfinite(expected: Array, got: Array) -> Worst | None:
    """The first of the elements where NaN, +Inf or -Inf stand in one of two arrays of equal shape only."""
    if not _is_inexact(expected.dtype):
        return None
    mine, yours = expected.reshape(-1), got.reshape(-1)
    first, off = None, 0
    for block in _blocks(mine.size):
        wrong = np.flatnonzero(_special(mine[block]) != _special(yours[block]))
        if wrong.size and first is None:
            first = block.start + int(wrong[0])
        off += wrong.size
    if first is None:
        return None
    index = _index(first, expected.shape)
    return Worst(index, mine[first].item(), yours[first].item(), None, None, None, off, mine.size)


@np.errstate(all="ignore")
def _worst_value(expected: Array, got: Array, tolerance: Tolerance) -> Worst | None:
    """The element that is off by the largest multiple of its allowance; NaN and Inf are taken as equal.

    ``got`` fails where ``|got - expected| > atol + rtol * |expected|``, computed in float64 or complex128, and for
    integers from their exact difference.
    """
    mine, yours = expected.reshape(-1), got.reshape(-1)
    worst: tuple[float, float, float, int] | None = None
    off = 0
    for block in _blocks(mine.size):
        error, allowance = _errors(mine[block], yours[block], tolerance)
        wrong = np.flatnonzero(error > allowance)
        off += wrong.size
        if wrong.size:
            error, allowance = error[wrong], allowance[wrong]
            # An allowance of zero makes every ratio infinite: the larger error then decides.
            ratio = np.divide(error, allowance, out=np.full_like(error, np.inf), where=allowance > 0)
            place = int(np.lexsort((-error, -ratio))[0])
            found = (float(ratio[place]), float(error[place]), float(allowance[place]), block.start + int(wrong[place]))
            worst = found if worst is None else max(worst, found, key=lambda entry: entry[:2])
    if worst is None:
        return None
    _, absolute, allowed, place = worst
    scale = float(np.abs(wide(mine[place : place + 1]))[0])
    relative = absolute / scale if scale else float("inf")
    index = _index(place, expected.shape)
    return Worst(index, mine[place].item(), yours[place].item(), absolute, relative, allowed, off, mine.size)


@np.errstate(all="ignore")
def apart(expected: Array, got: Array, tolerance: Tolerance) -> tuple[Array, Array]:
    """``|got - expected|`` of every element, NaN where one of both is not finite; and whether it is wrong."""
    error, allowance = _errors(expected, got, tolerance)
    if not _is_inexact(expected.dtype):
        return error, error > allowance
    mine, yours = _special(expected), _special(got)
    return np.where((mine == 0) & (yours == 0), error, np.nan), (error > allowance) | (mine != yours)


def _errors(expected: Array, got: Array, tolerance: Tolerance) -> tuple[Array, Array]:
    """``|got - expected|`` and the allowance, as float64; an error of 0 where both are NaN or the same infinity."""
    mine = wide(expected)
    if _is_inexact(expected.dtype):
        yours = wide(got)
        error = np.where(np.isfinite(mine) & np.isfinite(yours), np.abs(yours - mine), 0.0)
    else:
        error = _distance(expected, got).astype(np.float64)
    # Scaled before the modulus, which overflows for complex numbers near the limit.
    return error, tolerance.atol + np.abs(mine * tolerance.rtol)


def _distance(expected: Array, got: Array) -> Array:
    """``|got - expected|`` of integers or booleans as uint64: exact, since subtraction wraps around modulo 2**64."""
    high, low = np.maximum(expected, got), np.minimum(expected, got)
    return np.subtract(high.astype(np.uint64), low.astype(np.uint64))


def _special(values: Array) -> Array:
    """0 for finite elements, another number for each of NaN and the infinities; a complex NaN in either part is one."""
    if values.dtype.kind == "c":
        infinite = 4 * _signed_infinity(values.real) + _signed_infinity(values.imag)
    else:
        infinite = _signed_infinity(values)
    return np.where(np.isnan(values), 16, infinite)


def _signed_infinity(values: Array) -> Array:
    return np.where(np.isinf(values), np.where(values > 0, 1, 2), 0)


def _is_finite(values: Array) -> bool:
    flat = values.reshape(-1)
    return not _is_inexact(values.dtype) or not any(_special(flat[block]).any() for block in _blocks(flat.size))


def _is_inexact(dtype: np.dtype[Any]) -> bool:
    """Whether it is a float or complex; the dtypes of ml_dtypes are of NumPy's kind ``V`` (or ``f``)."""
    return dtype.kind in "fcV"


def _blocks(size: int) -> Iterator[slice]:
    for start in range(0, size, _BLOCK):
        yield slice(start, min(start + _BLOCK, size))


def _index(place: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(axis) for axis in np.unravel_index(place, shape))
