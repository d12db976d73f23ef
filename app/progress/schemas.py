"""What comes out of the API about hints and solutions. Invariant: a hint that is not opened has no body."""

from __future__ import annotations

from app.http.bodies import Output
from app.judge.verdict import Reason, Verdict
from app.problems.model import Hint, Problem


class Rung(Output):
    """One hint.

    Attributes:
        after: the verdict or reason of an attempt that it waits for; None if it can be opened at any time.
        opened: whether you have opened it.
        body: None until then.
    """

    title: str
    after: Verdict | Reason | None
    opened: bool
    body: str | None


class HintLadder(Output):
    """The hints of a problem, in the order in which to read them."""

    items: tuple[Rung, ...]


class Solution(Output):
    """How a problem is solved: the author's words, and the reference."""

    problem: str
    text: str
    source: str


def rung(hint: Hint, *, opened: bool) -> Rung:
    """A hint as it is sent."""
    return Rung(title=hint.title, after=hint.after, opened=opened, body=hint.body if opened else None)


def ladder(problem: Problem, opened: frozenset[str]) -> HintLadder:
    """Every hint; with their bodies those whose titles are ``opened``."""
    return HintLadder(items=tuple(rung(hint, opened=hint.title in opened) for hint in problem.hints))


def solution(problem: Problem) -> Solution:
    """A problem's solution as it is sent."""
    return Solution(problem=problem.slug, text=problem.solution, source=problem.reference)
