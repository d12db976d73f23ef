"""Where the wrong elements are, for when nothing says why: at an end, in one row, all alike.

Invariant: what is said is a fact about which elements are wrong; only what to look at is advice.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.fitting import Pair
from app.judge.explain.wording import lines_text, number_text
from sandbox.arrays import Array


def place_sentences(pair: Pair, clues: Clues = NO_CLUES) -> Iterator[str]:
    """Every description that fits, most specific first."""
    expected, got = pair.expected, pair.got
    if expected.size < 2:  # noqa: PLR2004 - a single number is in no place
        return
    if expected.any() and not got.any():
        lost = clues.lost_updates()
        yield "Every element is 0: what was computed is not in the result. " + (
            # How each is kept stands in the notes beside the verdict.
            f"The new {'array' if len(lost) == 1 else 'arrays'} of `.at[...]` in {lines_text(lost)} "
            f"{'is' if len(lost) == 1 else 'are'} thrown away."
            if lost
            else "`x.at[i].set(y)` returns a new array, `x` stays as it is; and a product with zeros, or a gradient "
            "that was stopped, gives 0."
        )
        return
    if pair.varies(expected) and not pair.varies(got) and np.isfinite(got).all():
        yield (
            f"Every element is {number_text(got.reshape(-1)[0].item())}: the same number, as after a reduction over "
            "everything (`axis=` is missing) or with a key or an index that never changes."
        )
        return
    wrong = np.asarray(~np.isclose(got, expected, rtol=pair.rtol, atol=pair.atol, equal_nan=True))
    if wrong.all() or not wrong.any():
        return
    for axis in range(wrong.ndim):
        yield from _along(
            np.asarray(wrong.any(tuple(other for other in range(wrong.ndim) if other != axis))), axis, wrong.ndim
        )
    if pair.kind == "f" and pair.fits(np.where(wrong, 0, expected), np.where(wrong, 0, got)):
        if not got[wrong].any():
            yield (
                "Where your result is wrong it is 0, and the rest is right: look at a mask, or at what was never "
                "filled in."
            )
        elif not expected[wrong].any():
            yield "Where your result is wrong 0 is expected, and the rest is right: look for a mask that is missing."


def _along(wrong: Array, axis: int, axes: int) -> Iterator[str]:
    """Which entries along one axis hold all that is wrong."""
    size, places = wrong.size, np.flatnonzero(wrong)
    if size < 3 or len(places) == size:  # noqa: PLR2004 - of two, one is always at an end
        return
    part = "element" if axes == 1 else f"entry along axis {axis}"
    if len(places) == 1:
        at = {0: f"the first {part}", size - 1: f"the last {part}"}.get(int(places[0]))
        where = at or f"the {part} with index {int(places[0])}"
        look = "how it starts" if places[0] == 0 else "how it ends" if at else "what is special about it"
        yield f"Only {where} is wrong: look at {look}."
    elif len(places) == 2 and places[0] == 0 and places[1] == size - 1:  # noqa: PLR2004 - both ends
        yield f"Only the first and the last {part} are wrong: look at how the ends are treated, as by padding."
    elif places[0] == len(wrong) - len(places):
        first = int(places[0])
        yield (
            f"Up to index {first - 1} along axis {axis} your result is right, and from {first} on all is wrong: what "
            "goes wrong "
            "there is carried on."
        )
