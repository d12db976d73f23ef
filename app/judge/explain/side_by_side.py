"""What is expected and what came, element by element, for whoever would print both anyway.

Invariant: a table has at most ``_ROWS`` lines below its head, each of bounded length; it is made of numbers alone, so
no text of a learner's is in it. It is for public cases only: whoever asks has made sure of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from app.judge.comparison.compare import Mismatch, wide
from app.judge.explain.wording import number_text
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf

#: Most elements that are all written down; of a larger array only elements that differ are.
_SMALL = 12
#: Most lines of a table.
_ROWS = 12
#: Most elements that are looked at for those that differ.
_READ = 1 << 20
#: Largest matrix that is written down as one, in rows and columns.
_MATRIX = 6
#: Digits below which two numbers are taken as the same in a table.
_CLOSE = 1e-5


def side_by_side(mismatch: Mismatch, expected: Sequence[Array], got: Sequence[Array]) -> str:
    """Both results of a public case as a table of a few lines; empty where one sentence says as much.

    Args:
        mismatch: what ``compare`` found.
        expected: the arrays it compared, in flattening order.
        got: likewise.
    """
    leaves = (mismatch.expected, mismatch.got)
    if mismatch.position is None or mismatch.reason == "dtype" or any(_is_key(leaf) for leaf in leaves):
        return ""
    mine, yours = expected[mismatch.position], got[mismatch.position]
    if max(mine.size, yours.size) > _READ or min(mine.size, yours.size) == 0 or mine.size == yours.size == 1:
        return ""
    if mismatch.reason == "shape":
        texts = [_whole(array) for array in (mine, yours)]
        return "" if "" in texts else "\n".join((f"expected {texts[0]}", f"got      {texts[1]}"))
    if mine.ndim == 2 and max(mine.shape) <= _MATRIX:  # noqa: PLR2004 - a matrix
        return "\n".join(_matrices(mine, yours))
    return "\n".join(_elements(mine, yours))


def _is_key(leaf: object) -> bool:
    return isinstance(leaf, Leaf) and leaf.dtype == KEY


def _whole(array: Array) -> str:
    """A small array on a line, as a list of lists; empty if it is not small."""
    if array.size > _SMALL:
        return ""
    return _nested(array)


def _nested(array: Array) -> str:
    if array.ndim == 0:
        return _text(array[()])
    return f"[{', '.join(_nested(part) for part in array)}]"


def _text(element: Any) -> str:
    return number_text(element.item())


def _differs(expected: Array, got: Array) -> Array:
    """Where two arrays of one shape and dtype differ by more than a reader would see."""
    if expected.dtype.kind in "biu":
        return np.asarray(expected != got)
    with np.errstate(all="ignore"):
        mine, yours = wide(expected), wide(got)
        scale = np.abs(mine[np.isfinite(mine)]).max(initial=0.0)
        return ~np.isclose(yours, mine, rtol=_CLOSE, atol=_CLOSE * min(float(scale), 1.0), equal_nan=True)


def _matrices(expected: Array, got: Array) -> Iterator[str]:
    """Row by row, expected on the left; elements that differ have a star."""
    differs = _differs(expected, got)
    mine = [[_text(element) for element in row] for row in expected]
    yours = [
        [f"{_text(element)}{'*' if differs[i, j] else ''}" for j, element in enumerate(row)]
        for i, row in enumerate(got)
    ]
    width = max(len(text) for row in (*mine, *yours) for text in row)
    left, right = ([" ".join(text.rjust(width) for text in row) for row in rows] for rows in (mine, yours))
    yield f"{'expected'.ljust(len(left[0]))}   got (* differs)".rstrip()
    for one, other in zip(left, right, strict=True):
        yield f"{one}   {other}".rstrip()


def _elements(expected: Array, got: Array) -> Iterator[str]:
    """Element by element; of many, the first that differ."""
    differs = _differs(expected, got).reshape(-1)
    every = expected.size <= _SMALL
    places = np.arange(expected.size) if every else np.flatnonzero(differs)
    rows = [("index", "expected", "got")]
    for place in places[:_ROWS]:
        index = np.unravel_index(int(place), expected.shape)
        texts = [_text(array.reshape(-1)[place]) for array in (expected, got)]
        mark = " *" if every and differs[place] else ""
        rows.append((f"[{', '.join(str(int(axis)) for axis in index)}]", texts[0], f"{texts[1]}{mark}"))
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for row in rows:
        yield f"{row[0].ljust(widths[0])}  {row[1].ljust(widths[1])}  {row[2]}".rstrip()
    if len(places) > _ROWS:
        yield f"... and {len(places) - _ROWS:,} more that differ"
