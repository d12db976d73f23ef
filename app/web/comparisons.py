"""Two results side by side, as a page draws them: small arrays as grids, larger ones as three heatmaps and a table.

Invariant: whatever a map shows by colour, the table beside it says in numbers; which elements are wrong is as the judge
said.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.judge.explain.wording import number_text, numbers_apart
from app.judge.verdict import Compared, Element, Grid

#: Most elements, and most columns, of an array that is written as a grid.
_SMALL, _NARROW = 64, 12
#: Columns into which a long vector is folded for a map.
_FOLD = 32
#: Shades of a map of values.
SHADES = 8
#: Shares of the largest error from which on an error has each shade, the lightest first.
_ERRORS = (0.0, 0.01, 0.1, 0.5)


@dataclass(frozen=True)
class Cell:
    """One element of both results.

    Attributes:
        index: ``[0, 2]``.
        error: ``|got - expected|``; empty where there is none.
    """

    index: str
    expected: str
    got: str
    error: str
    off: bool


@dataclass(frozen=True)
class Shade:
    """All cells of a map that have one colour: ``path`` is the data of an SVG path, a cell being one unit wide."""

    name: str
    path: str


@dataclass(frozen=True)
class Map:
    """One of the three maps; ``low`` and ``high`` are what its lightest and its darkest shade stand for."""

    name: Literal["expected", "got", "error"]
    shades: tuple[Shade, ...]
    low: str
    high: str


@dataclass(frozen=True)
class Side:
    """One of two arrays that have no common elements, or are small: its type, and its elements in rows."""

    type: str
    rows: tuple[tuple[tuple[str, bool], ...], ...]


@dataclass(frozen=True)
class ComparisonView:
    """What a public case expects beside what came.

    Attributes:
        path: where in the result, ``result[0]``.
        kind: whether both are shown by their ``types`` alone, as ``grids``, or as ``maps`` with a table.
        cells: of grids and maps that have the same shape; row by row.
        columns: of the maps, into which ``cells`` are laid out.
        first: place in ``cells`` of the worst element.
        part: how much of the arrays is shown; None for all of it.
    """

    path: str
    kind: Literal["types", "grids", "maps"]
    expected: Side
    got: Side
    cells: tuple[Cell, ...]
    maps: tuple[Map, ...]
    columns: int
    first: int
    worst: Cell | None
    error: str
    allowance: str
    count: int
    part: tuple[int, int] | None

    @property
    def rows(self) -> int:
        """Rows of the maps, the last one perhaps not full."""
        return math.ceil(len(self.cells) / self.columns)


def comparison_view(compared: Compared) -> ComparisonView:
    """What the judge told, as it is drawn."""
    mine, yours = compared.expected, compared.got
    same = mine.shape == yours.shape and len(compared.errors) == len(mine.values)
    cells = tuple(_cells(compared)) if same else ()
    small = all(len(grid.values) <= _SMALL and grid.columns <= _NARROW for grid in (mine, yours))
    drawn = bool(mine.values) and (small or bool(cells))
    kind: Literal["types", "grids", "maps"] = "types" if not drawn else "grids" if small else "maps"
    columns = _FOLD if mine.rows == 1 and mine.columns > _FOLD else max(mine.columns, 1)
    first = next(iter(compared.off), 0)
    if compared.worst is not None:
        named = _index_text(compared.worst)
        first = next((place for place, cell in enumerate(cells) if cell.index == named), first)
    whole = math.prod(mine.shape)
    return ComparisonView(
        path=f"result{compared.path}",
        kind=kind,
        expected=_side(mine, [cell.expected for cell in cells], ()) if kind == "grids" else Side(mine.type, ()),
        got=_side(yours, [cell.got for cell in cells], compared.off) if kind == "grids" else Side(yours.type, ()),
        cells=cells if kind != "types" else (),
        maps=tuple(_maps(compared, columns)) if kind == "maps" else (),
        columns=columns,
        first=first,
        worst=cells[first] if cells and compared.worst is not None else None,
        error="" if compared.error is None else number_text(compared.error),
        allowance="" if compared.allowance is None else number_text(compared.allowance),
        count=compared.count,
        part=(len(mine.values), whole) if kind == "maps" and len(mine.values) < whole else None,
    )


def _cells(compared: Compared) -> Iterator[Cell]:
    off = frozenset(compared.off)
    pairs = zip(compared.expected.values, compared.got.values, compared.errors, strict=True)
    for place, (mine, yours, error) in enumerate(pairs):
        texts = _text(mine), _text(yours)
        if place in off and texts[0] == texts[1] and not isinstance(mine, str) and not isinstance(yours, str):
            texts = numbers_apart(mine, yours)
        told = "" if error is None else number_text(error)
        yield Cell(_index_of(compared.expected, place), *texts, told, place in off)


def _text(value: Element) -> str:
    return value if isinstance(value, str) else number_text(value)


def _index_of(grid: Grid, place: int) -> str:
    """The index of an element of the whole array, by its place in the part that is shown."""
    if not grid.shape:
        return ""
    row, column = grid.top + place // grid.columns, grid.left + place % grid.columns
    before = [int(axis) for axis in np.unravel_index(row, grid.shape[:-1])] if len(grid.shape) > 1 else []
    return _index_text((*before, column))


def _index_text(index: Iterable[int]) -> str:
    text = ", ".join(map(str, index))
    return f"[{text}]" if text else ""


def _side(grid: Grid, texts: list[str], off: Iterable[int]) -> Side:
    wrong, shown = frozenset(off), texts or [_text(value) for value in grid.values]
    places = [range(start, start + grid.columns) for start in range(0, len(shown), max(grid.columns, 1))]
    return Side(grid.type, tuple(tuple((shown[place], place in wrong) for place in row) for row in places))


def _maps(compared: Compared, columns: int) -> Iterator[Map]:
    sides: tuple[tuple[Literal["expected", "got"], Grid], ...] = (
        ("expected", compared.expected),
        ("got", compared.got),
    )
    numbers = [number for _, grid in sides for value in grid.values if (number := _number(value)) is not None]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 0.0)
    for name, grid in sides:
        shades = [_shade(_number(value), low, high) for value in grid.values]
        yield Map(name, _paths(shades, columns), number_text(low), number_text(high))
    off, largest = frozenset(compared.off), compared.error
    errors = [
        "right" if place not in off else _error_shade(error, largest) for place, error in enumerate(compared.errors)
    ]
    yield Map("error", _paths(errors, columns), "", "" if largest is None else number_text(largest))


def _number(value: Element) -> float | None:
    """A number to be drawn; None for NaN, infinities and complex numbers."""
    return None if isinstance(value, str) else float(value)


def _shade(value: float | None, low: float, high: float) -> str:
    if value is None:
        return "none"
    share = (value - low) / (high - low) if high > low else 0.0
    return f"v{min(int(share * SHADES), SHADES - 1)}"


def _error_shade(error: float | None, largest: float | None) -> str:
    if error is None or not largest:
        return f"e{len(_ERRORS) - 1}"
    return f"e{max(step for step, share in enumerate(_ERRORS) if error / largest >= share)}"


def _paths(shades: list[str], columns: int) -> tuple[Shade, ...]:
    """One path for each shade; neighbours in a row make one rectangle."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    place = 0
    while place < len(shades):
        row, column = divmod(place, columns)
        length = 1
        end = min((row + 1) * columns, len(shades))
        while place + length < end and shades[place + length] == shades[place]:
            length += 1
        found[shades[place]].append(f"M{column} {row}h{length}v1h-{length}z")
        place += length
    return tuple(Shade(name, "".join(parts)) for name, parts in sorted(found.items()))
