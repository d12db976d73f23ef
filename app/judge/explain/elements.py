"""Both results of a public case, element by element, for whoever draws them.

Invariant: at most ``MOST`` elements of each are told, around the one that is off most; they are exact, but for being
written with no more digits than their dtype has. It is for public cases only: whoever asks has made sure of that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.judge.comparison.compare import Mismatch, apart
from app.judge.comparison.tolerances import tolerance_for
from app.judge.explain.wording import type_text
from app.judge.verdict import Compared, Element, Grid
from app.problems.model import Tolerance
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Tree

#: Most elements of one array that are told.
MOST = 1024
#: Columns of the part of a larger matrix that is told.
_WIDE = 32
#: Longest path into a result, in characters.
_PATH = 120


def elements(
    mismatch: Mismatch, expected: Sequence[Array], got: Sequence[Array], tolerances: Mapping[str, Tolerance]
) -> Compared:
    """What is expected and what came, where they first differ.

    Args:
        mismatch: what ``compare`` found.
        expected: the arrays it compared, in flattening order.
        got: likewise.
        tolerances: the problem's overrides of the per-dtype defaults.
    """
    path, leaves = mismatch.path[:_PATH], (mismatch.expected, mismatch.got)
    if mismatch.position is None or any(_is_key(leaf) for leaf in leaves):
        return Compared(path=path, expected=Grid(type=_type(leaves[0])), got=Grid(type=_type(leaves[1])))
    mine, yours = expected[mismatch.position], got[mismatch.position]
    types = _type(leaves[0]), _type(leaves[1])
    if mine.shape != yours.shape or mine.dtype != yours.dtype:
        places = [_part(array.shape, None) for array in (mine, yours)]
        grids = [_grid(*each) for each in zip(types, (mine, yours), places, strict=True)]
        return Compared(path=path, expected=grids[0], got=grids[1])
    worst = mismatch.worst
    place = _part(mine.shape, None if worst is None else worst.index)
    shown = [_cut(array, place) for array in (mine, yours)]
    errors, off = apart(shown[0], shown[1], tolerance_for(mine.dtype.name, tolerances))
    return Compared(
        path=path,
        expected=_grid(types[0], mine, place),
        got=_grid(types[1], yours, place),
        errors=tuple(_short(error) if math.isfinite(error) else None for error in errors.tolist()),
        off=tuple(np.flatnonzero(off).tolist()),
        worst=worst and worst.index,
        error=None if worst is None or worst.absolute is None else _short(worst.absolute),
        allowance=None if worst is None or worst.allowance is None else _short(worst.allowance),
        count=0 if worst is None else worst.off,
    )


def _is_key(leaf: Tree) -> bool:
    return isinstance(leaf, Leaf) and leaf.dtype == KEY


def _type(tree: Tree) -> str:
    return type_text(tree)


def _folded(shape: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns of an array laid out in rows."""
    return math.prod(shape[:-1]), shape[-1] if shape else 1


def _part(shape: tuple[int, ...], around: tuple[int, ...] | None) -> tuple[slice, slice]:
    """The rows and columns to tell: all of a small array, of others a part with the element at ``around`` in it."""
    rows, columns = _folded(shape)
    if rows * columns <= MOST:
        return slice(0, rows), slice(0, columns)
    width = min(columns, MOST if rows == 1 else max(_WIDE, MOST // rows))
    height = min(rows, MOST // width)
    index = around or (0,) * len(shape)
    row = int(np.ravel_multi_index(index[:-1], shape[:-1])) if len(shape) > 1 else 0
    return _around(row, rows, height), _around(index[-1], columns, width)


def _around(place: int, count: int, length: int) -> slice:
    """``length`` places of ``count``, with ``place`` in the middle where that is possible."""
    start = min(max(place - length // 2, 0), count - length)
    return slice(start, start + length)


def _cut(array: Array, place: tuple[slice, slice]) -> Array:
    """The part of an array at ``place`` as a vector."""
    return array.reshape(_folded(array.shape))[place].reshape(-1)


def _grid(kind: str, array: Array, place: tuple[slice, slice]) -> Grid:
    rows, columns = place
    return Grid(
        type=kind,
        shape=array.shape,
        top=rows.start,
        left=columns.start,
        rows=rows.stop - rows.start,
        columns=columns.stop - columns.start,
        values=tuple(map(_element, _cut(array, place))),
    )


@np.errstate(all="ignore")
def _element(value: Any) -> Element:
    """A NumPy scalar as JSON has it, a float with the digits that tell it from its neighbours."""
    if value.dtype.kind in "biu":
        told: Element = value.item()
        return told
    if value.dtype.kind == "c":
        return str(value.item())
    number = float(value)
    if not math.isfinite(number):
        return str(number)
    if isinstance(value, np.floating):
        return float(str(value))
    spelt = (float(f"{number:.{digits}g}") for digits in range(1, 17))
    return next((short for short in spelt if value.dtype.type(short) == value), number)


def _short(number: float) -> float:
    """An error or an allowance: nobody needs more than four digits of it."""
    return float(f"{number:.4g}")
