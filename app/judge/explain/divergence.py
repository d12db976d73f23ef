"""How the random results of a program differ from the reference's, and the words for it.

Invariant: ``explain_hidden_divergence`` is a function of the kind of difference only, so that no figure, index or share
of a hidden case can be told by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from app.judge.explain.wording import number_text, one_line

What = Literal["nonfinite", "repeats", "value", "mean", "spread", "tails", "dependence", "ties", "shape"]
#: From what explains most to what explains least; the first significant kind is the one that is told.
ORDER: tuple[What, ...] = get_args(What)

_HIDDEN: Mapping[What, str] = {
    "nonfinite": "The result is NaN or infinite more or less often than it should be.",
    "repeats": "Results of different keys are equal more or less often than they should be.",
    "value": "A part of the result that does not depend on the key has wrong values.",
    "mean": "The random result has the wrong mean.",
    "spread": "The random result has the wrong spread.",
    "tails": "The random result has too many or too few extreme values.",
    "dependence": "Parts of the random result depend on each other in another way than they should.",
    "ties": "Elements of one result are equal more or less often than they should be.",
    "shape": "The random result has the wrong distribution.",
}
#: Longest path into a result that is written out, in characters.
_PATH = 120


@dataclass(frozen=True)
class Divergence:
    """The clearest way in which two samples of results are not of one distribution.

    Attributes:
        what: the kind of difference.
        path: of the leaf in the tree, empty for the root, and for what is true of the result as a whole.
        position: the leaf's index in flattening order; None for the result as a whole.
        index: the element of the leaf that shows it; None where the leaf does as a whole.
        p: the family-wise p-value.
        results: how many results of the reference and of the program there were.
        expected: the reference's figure: a share of elements for ``nonfinite`` and ``ties``, and of results for
            ``repeats``; the mean for ``value`` and ``mean``, the standard deviation over keys for ``spread``, the
            largest distance from the centre for ``tails``, a correlation for ``dependence`` along an axis or between
            leaves; else None.
        got: the program's.
        axis: for ``dependence`` between neighbours, along which axis.
        other: for ``dependence`` between two leaves, the path of the second.
    """

    what: What
    path: str
    position: int | None
    index: tuple[int, ...] | None
    p: float
    results: tuple[int, int]
    expected: float | None = None
    got: float | None = None
    axis: int | None = None
    other: str | None = None


def explain_hidden_divergence(divergence: Divergence) -> str:
    """What may be told of a difference on a hidden case: its kind."""
    return _HIDDEN[divergence.what]


def explain_divergence(divergence: Divergence) -> str:
    """What is wrong with the distribution on a public case, with the figures that show it, in one or two sentences."""
    where = _place(divergence)
    keys = f"over {divergence.results[1]:,} keys"
    if divergence.what == "value" and divergence.got is None:
        return f"{where[0].upper()}{where[1:]} does not depend on the key, but is wrong {keys}."
    if divergence.expected is None or divergence.got is None:
        where = f"{where[0].upper()}{where[1:]}"
        return f"{where} has another distribution than the reference's {keys}. {_hint(divergence)}".rstrip()
    wanted, found = (number_text(float(f"{value:.3g}")) for value in (divergence.expected, divergence.got))
    shares = tuple(f"{100 * value:.3g} %" for value in (divergence.expected, divergence.got))
    match divergence.what:
        case "nonfinite":
            said = (
                f"{shares[1]} of the elements of {where} are NaN or infinite, {shares[0]} of the reference's, {keys}."
            )
        case "repeats":
            what = f"values of {where}" if divergence.path else "results"
            said = f"{shares[1]} of the {what} {keys} occur more than once, {shares[0]} of the reference's."
        case "ties":
            said = f"{shares[1]} of the elements of {where} equal another of the same result, {shares[0]} of the "
            said += f"reference's, {keys}."
        case "value":
            said = f"{where} is {found} on average {keys}, where the reference's is always {wanted}."
        case "mean":
            said = f"The mean of {where} is {found}, the reference's {wanted}, {keys}."
        case "spread":
            said = f"The standard deviation of {where} is {found}, the reference's {wanted}, {keys}."
        case "tails":
            said = f"{where} lies up to {found} from its centre, the reference's up to {wanted}, {keys}."
        case _:
            pair = f"{where} and `result{one_line(divergence.other, _PATH)}`" if divergence.other is not None else ""
            pair = pair or f"Neighbours along axis {divergence.axis} of {where}"
            said = f"{pair} have a correlation of {found}, the reference's of {wanted}, {keys}."
    return f"{said[0].upper()}{said[1:]} {_hint(divergence)}".rstrip()


def _place(divergence: Divergence) -> str:
    where = f"`result{one_line(divergence.path, _PATH)}`" if divergence.path else "the result"
    if divergence.index:
        where += f" at index [{', '.join(map(str, divergence.index))}]"
    return where


def _hint(divergence: Divergence) -> str:
    """Where such a difference commonly comes from."""
    if divergence.what == "repeats":
        return "Is the key used?"
    more = divergence.got is None or divergence.expected is None or abs(divergence.got) > abs(divergence.expected)
    return "Is one key used twice?" if divergence.what == "dependence" and more else ""
