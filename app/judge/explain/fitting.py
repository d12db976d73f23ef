"""Two results of one shape or another, and whether one becomes the other by some change, up to rounding.

Invariant: everything is computed in float64 or complex128, and nothing here knows what a change means to people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.judge.comparison.compare import wide
from app.judge.comparison.tolerances import tolerance_for
from sandbox.arrays import Array

#: Largest leaf that is searched for patterns, in elements; examples that people read are far smaller.
LARGEST = 1 << 20
#: A pattern has to fit within this many times the default tolerance, since it adds an operation or two.
_SLACK = 8
#: Relative rounding of the float64 arithmetic in which patterns of exact dtypes are tried.
_ROUNDING = 1e-12
#: Numbers are clear of rounding if they are so many times larger.
_CLEAR = 100


@dataclass(frozen=True)
class Pair:
    """Two results, in float64 or complex128.

    Attributes:
        kind: NumPy's kind of the expected dtype.
        rtol: how far a pattern may be off, relatively.
        atol: and absolutely.
        sizes: the case's named sizes.
    """

    expected: Array
    got: Array
    kind: str
    rtol: float
    atol: float
    sizes: Mapping[str, int]

    def fits(self, expected: Array, got: Array) -> bool:
        """Whether two arrays are the same, shape included, up to rounding; NaN equals NaN."""
        same_shape = expected.shape == got.shape
        return same_shape and bool(np.allclose(got, expected, rtol=self.rtol, atol=self.atol, equal_nan=True))

    def near(self, number: float, simple: float) -> bool:
        """Whether a factor is ``simple`` up to rounding."""
        return abs(number / simple - 1) <= self.rtol

    def varies(self, values: Array) -> bool:
        """Whether not all of ``values`` are the same up to rounding; if they are, too much fits them."""
        flat = values.reshape(-1)
        return flat.size > 1 and not self.fits(np.full_like(flat, flat[0]), flat)

    def is_clear(self, values: Array) -> bool:
        """Whether the largest of ``values`` is far above rounding, so that leaving them out would be seen."""
        scale = np.abs(self.expected[np.isfinite(self.expected)]).max(initial=0.0)
        return bool(np.abs(values).max(initial=0.0) > _CLEAR * (self.atol + self.rtol * scale))

    def is_odd(self, value: Array) -> bool:
        """Whether it is one number that nobody gets by chance, as a loss is: no integer and not zero."""
        return value.size == 1 and bool(np.isfinite(value).all()) and not float(value.reshape(-1)[0].real).is_integer()

    def named(self, part: Array, arguments: Mapping[str, Array]) -> str:
        """The first argument that is a part of a result, more than zeros; empty if none is."""
        if not part.any():
            return ""
        found = (name for name, value in arguments.items() if value.dtype.kind in "fiuc" and self.fits(value, part))
        return next(found, "")

    def factor(self) -> float | None:
        """The constant by which the expected array has to be multiplied, or None if there is none, or it is 0 or 1."""
        mine, yours = self.expected.reshape(-1), self.got.reshape(-1)
        # Some factor fits any single number. A loss is one, though: if it is no integer, a size is no coincidence.
        lone = self.kind == "f" and self.is_odd(mine)
        if self.kind not in "fiu" or not (lone or self.varies(mine[np.isfinite(mine) & (mine != 0)])):
            return None
        # Taken at the largest element, where rounding matters least.
        place = int(np.argmax(np.abs(mine)))
        factor = float(yours[place] / mine[place])
        if factor in (0.0, 1.0) or not np.isfinite(factor):
            return None
        return factor if self.fits(mine * factor, yours) else None


def pair_of(expected: Array, got: Array, sizes: Mapping[str, int]) -> Pair | None:
    """Both, ready to be tried; None where nothing could be said: they are large, or of dtypes that everything fits."""
    # In the eight bits of the dtypes of ml_dtypes (kind V) nearly everything fits something.
    if max(expected.size, got.size) > LARGEST or "V" in (expected.dtype.kind, got.dtype.kind):
        return None
    tolerances = [tolerance_for(array.dtype.name, {}) for array in (expected, got)]
    rtol = max(_ROUNDING, *(_SLACK * one.rtol for one in tolerances))
    atol = max(_SLACK * one.atol for one in tolerances)
    return Pair(wide(expected), wide(got), expected.dtype.kind, rtol, atol, sizes)


def times(factor: float) -> str:
    """A factor that is near an integer, or one over it, in words."""
    if abs(factor) > 1:
        return f"exactly {round(factor)} times"
    return f"exactly {'-' if factor < 0 else ''}1/{abs(round(1 / factor))} of"
