"""Recognising the mistakes that a problem's author has filed, by what a submission shows while it is judged.

A learner gets the author's message if verdict and reason are the same and the evidence is: equal results, at least one
of them wrong; else equal programs; else the same error. The most specific evidence wins; between equals, first the
program whose operations are most alike, then the source whose words are, then the first by path. A message that blames
an argument of a transformation, ``in_axes=1``, is not for who transforms nothing. Invariant: nothing
here changes a verdict, and what is returned holds the author's own words and nothing of any case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Protocol

from app.judge.comparison.compare import compare, same_type
from app.judge.likeness import Wording, likeness, plain_text, same_text, wording
from app.judge.verdict import Pitfall, Reason, Verdict
from app.problems.model import Tolerance
from app.problems.pitfalls import Cause, Fingerprint, Place, Result
from app.problems.plan import plan, plan_eagerly
from app.problems.published import Published, PublishedCase
from app.problems.sampling import is_sampled
from sandbox.jobs import Failure, Returned, Vetted

#: Reasons of a wrong answer that are seen in what is returned.
_IN_RESULTS: frozenset[Reason] = frozenset({"tree", "shape", "dtype", "nonfinite", "value", "distribution"})
#: Arguments that only transformations take, and which those are.
_TRANSFORMATIONS = {
    "in_axes": ("vmap", "pmap"),
    "out_axes": ("vmap", "pmap"),
    "argnums": ("grad", "value_and_grad", "jacfwd", "jacrev", "hessian"),
}


class Watcher(Protocol):
    """Whoever wants to know what a submission shows while it is judged."""

    def see_program(self, event: Vetted) -> None:
        """A program was traced and vetted."""

    def see_result(self, place: Place, origin: tuple[int, int], result: Result) -> None:
        """A value set was evaluated; ``origin`` is the index of its case and of the case's value set."""

    def see_wrong(self, origin: tuple[int, int]) -> None:
        """A value set of a case turned out wrong, perhaps long after it was evaluated."""


class _Evidence(IntEnum):
    """How specific it is that a submission makes a filed mistake."""

    NONE = 0
    ERROR_CLASS = 1
    ERROR_TEXT = 2
    PROGRAM = 3
    RESULTS = 4


class _Tracker:
    """What has been seen so far beside one fingerprint."""

    def __init__(self, fingerprint: Fingerprint, tolerances: Mapping[str, Tolerance]) -> None:
        self.fingerprint = fingerprint
        self._tolerances = tolerances
        #: Whether no type and no result has been another one.
        self.alike = True
        #: Cases and value sets with the same result.
        self.equal: set[tuple[int, int]] = set()
        #: Signatures at which both have a program, and whether all of those are made of the same operations.
        self.programs = 0
        self.same_operations = True
        self._mine: dict[str, int] = {}
        self._yours: dict[str, int] = {}

    def see_program(self, event: Vetted) -> None:
        known = self.fingerprint.programs.get(event.signature)
        if known is None:
            return
        self.programs += 1
        self.alike = self.alike and same_type(known.returns, event.returns)
        self.same_operations = self.same_operations and known.counts.keys() == event.counts.keys()
        for counts, kept in ((event.counts, self._mine), (known.counts, self._yours)):
            kept.update({f"{name} {event.signature}": count for name, count in counts.items()})

    def see_result(self, place: Place, origin: tuple[int, int], result: Result) -> None:
        known = self.fingerprint.results.get(place)
        if known is None or not self.alike:
            return
        if compare(known.returns, known.outputs, result.returns, result.outputs, self._tolerances) is None:
            self.equal.add(origin)
        else:
            self.alike = False

    @property
    def likeness(self) -> float:
        """How much the programs have in common, 1 if they are made of the same operations, as often."""
        return likeness(self._mine, self._yours) if self.programs else 0.0


class Matcher:
    """Watches one submission beside every filed mistake of its problem."""

    def __init__(self, published: Published, source: bytes) -> None:
        """Start with nothing seen; ``source`` is what was submitted."""
        self._source = source
        self._trackers = [_Tracker(each, published.problem.tolerances) for each in published.pitfalls]
        self._wrong: set[tuple[int, int]] = set()
        self._programs = 0

    def see_program(self, event: Vetted) -> None:
        """Note a program."""
        self._programs += 1
        for tracker in self._trackers:
            tracker.see_program(event)

    def see_result(self, place: Place, origin: tuple[int, int], result: Result) -> None:
        """Note a result."""
        for tracker in self._trackers:
            tracker.see_result(place, origin, result)

    def see_wrong(self, origin: tuple[int, int]) -> None:
        """Note that a value set of a case is wrong."""
        self._wrong.add(origin)

    def find(self, verdict: Verdict, reason: Reason | None, subject: str, cause: Cause | None) -> Pitfall | None:
        """The filed mistake that the submission makes, if it gets this verdict.

        Args:
            verdict: of the whole submission, or of a case.
            reason: likewise.
            subject: what a broken rule is about, as in ``Fingerprint``.
            cause: of a failure.
        """
        best: tuple[tuple[_Evidence, float, float], Fingerprint] | None = None
        for tracker in self._trackers:
            known = tracker.fingerprint
            if (known.verdict, known.reason) != (verdict, reason) or self._is_about_other_code(known):
                continue
            evidence = self._evidence(tracker, subject, cause)
            rank = (evidence, tracker.likeness, likeness(known.words, self._wording.words))
            if evidence and (best is None or rank > best[0]):
                best = rank, known
        return best and Pitfall(submission=best[1].path, message=best[1].message)

    def _is_about_other_code(self, known: Fingerprint) -> bool:
        """Whether the message blames an argument of a transformation that this source does not make."""
        mine = self._wording.words
        for word in known.words:
            name = word.partition("=")[0]
            if name not in _TRANSFORMATIONS or not re.search(rf"\b{re.escape(word)}(?!\w)", known.message):
                continue
            # It may be given by position as well.
            transformed = any(maker in mine or f".{maker}" in mine for maker in _TRANSFORMATIONS[name])
            if not transformed and not any(each.startswith(f"{name}=") for each in mine):
                return True
        return False

    @cached_property
    def _wording(self) -> Wording:
        return wording(self._source)

    def _evidence(self, tracker: _Tracker, subject: str, cause: Cause | None) -> _Evidence:
        known = tracker.fingerprint
        if known.reason in _IN_RESULTS:
            return _Evidence.RESULTS if tracker.alike and tracker.equal & self._wrong else _Evidence.NONE
        if known.reason is not None:
            return self._evidence_of_rule(tracker, subject)
        return self._evidence_of_failure(tracker, cause)

    def _evidence_of_rule(self, tracker: _Tracker, subject: str) -> _Evidence:
        """Rules without a subject, such as those on costs, are broken for many reasons: programs must be alike."""
        known = tracker.fingerprint
        if known.subject != subject or (known.reason == "mutated_input" and not tracker.alike):
            return _Evidence.NONE
        if tracker.programs and tracker.same_operations:
            return _Evidence.PROGRAM
        return _Evidence.ERROR_TEXT if subject else _Evidence.NONE

    def _evidence_of_failure(self, tracker: _Tracker, cause: Cause | None) -> _Evidence:
        """An error has a text; a limit is reached in many ways, and programs that were traced before show which."""
        known = tracker.fingerprint
        if known.cause is not None and (cause is None or not self._same_cause(known, known.cause, cause)):
            return _Evidence.NONE
        if known.cause is not None and known.cause.text:
            return _Evidence.ERROR_TEXT
        if known.programs:
            return _Evidence.PROGRAM if tracker.programs and tracker.same_operations else _Evidence.NONE
        return _Evidence.ERROR_CLASS if known.cause is not None and not self._programs else _Evidence.NONE

    def _same_cause(self, known: Fingerprint, mine: Cause, yours: Cause) -> bool:
        same = (mine.kind, mine.error, mine.limit) == (yours.kind, yours.error, yours.limit)
        return same and same_text(mine.text, yours.text, known.names | self._wording.names)


@dataclass(frozen=True)
class Seen:
    """What a call of a public case returned, and what was made of it."""

    returned: Returned
    verdict: Verdict | None
    reason: Reason | None


def recognise_calls(published: Published, source: bytes, calls: Sequence[Seen]) -> list[Pitfall | None]:
    """The mistake that each call makes, of calls of the first public cases with their first value sets.

    Each of them is evidence for all, since no other function was called. Of one random result nothing is known.
    """
    problem, matcher = published.problem, Matcher(published, source)
    planned = (
        plan_eagerly(published.cases) if problem.mode == "eager" else plan(problem, published.cases, published.probes)
    )
    places = {origin: (number, draw) for number, each in enumerate(planned.origins) for draw, origin in enumerate(each)}
    for index, seen in enumerate(calls):
        case, origin = published.cases[index], (index, 0)
        if seen.returned.returns is None or is_sampled(problem, case.call):
            continue
        matcher.see_result(places[origin], origin, Result(seen.returned.returns, seen.returned.outputs))
        if seen.verdict == "wrong_answer":
            matcher.see_wrong(origin)
    return [_recognise(matcher, published.cases[index], seen) for index, seen in enumerate(calls)]


def _recognise(matcher: Matcher, case: PublishedCase, seen: Seen) -> Pitfall | None:
    if seen.verdict in (None, "accepted"):
        return None
    assert seen.verdict is not None
    changed = seen.returned.changed if seen.reason == "mutated_input" else ()
    subject = ", ".join(case.call.parameters[position] for position in changed)
    return matcher.find(seen.verdict, seen.reason, subject, cause_of(seen.returned.failure))


def cause_of(failure: Failure | None) -> Cause | None:
    """A failure as it is compared."""
    if failure is None:
        return None
    if failure.limit is not None:
        limit = "" if failure.kind == "time" else failure.limit.name
        return Cause(failure.kind, failure.error, "", limit)
    return Cause(failure.kind, failure.error, plain_text(failure.message), "")
