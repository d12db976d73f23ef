"""A report as a list of outcomes that can be counted, as continuous integration and course platforms want it.

This is the only place where a case's title and text are put together for them. Invariant: an accepted submission has
nothing but passed outcomes, and any other has at least one that is not; so a share of them is 1 for accepted ones only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.cli.output import plain, traceback_text, verdict_words
from app.judge.verdict import CaseResult, Report, Verdict

State = Literal["passed", "failed", "errored", "skipped"]

#: Verdicts that say something about a result or a program; with any other, there is none to speak of.
_FAILED: frozenset[Verdict] = frozenset({"wrong_answer", "rule_broken"})
#: Verdicts that are no property of a submission.
_NOT_THEIRS: frozenset[Verdict] = frozenset({"internal_error", "cancelled"})


class NotAResult(Exception):
    """A report of a fault of ours, or of a cancelled attempt: nobody may get a score for it."""


@dataclass(frozen=True)
class Graded:
    """A report and what it is about.

    Attributes:
        file: as it was named on the command line; ``-`` is standard input.
        report: of that file.
    """

    file: str
    report: Report


@dataclass(frozen=True)
class Outcome:
    """One line of a list of results. Its texts hold no control characters but newlines and tabs.

    Attributes:
        name: a case's name, with ``hidden`` before it and what was called after it; or that it is about the whole.
        description: the types of a case's arguments; empty for the whole.
        state: ``failed`` for a wrong result or program, ``errored`` where there was none, ``skipped`` if not reached.
        kind: verdict and reason, ``wrong_answer (shape)``.
        text: the explanation; empty if it passed or was not reached.
    """

    name: str
    description: str
    state: State
    kind: str
    text: str


def outcomes(report: Report) -> tuple[Outcome, ...]:
    """Every case in the author's order; then, if no case tells why the submission is not accepted, the submission.

    Raises:
        NotAResult: the report is none of the submission.
    """
    if report.verdict in _NOT_THEIRS:
        raise NotAResult(f"the attempt ended as {report.verdict}: {report.message}")
    cases = tuple(_of_case(case) for case in report.cases)
    told = any((case.verdict, case.reason) == (report.verdict, report.reason) for case in report.cases)
    if report.verdict == "accepted" or told:
        return cases
    kind = verdict_words(report.verdict, report.reason)
    return (*cases, Outcome("the whole submission", "", _state(report.verdict), kind, plain(report.message)))


def score(report: Report, *, partial: bool) -> float:
    """From 0 to 1: 1 if accepted; otherwise 0, or if ``partial`` the share of outcomes that passed, all equal.

    Raises:
        NotAResult: the report is none of the submission.
    """
    counted = outcomes(report)
    if report.verdict == "accepted":
        return 1.0
    return sum(outcome.state == "passed" for outcome in counted) / len(counted) if partial else 0.0


def summary(report: Report, *, partial: bool) -> str:
    """What became of the whole submission, for the head of a page: verdict, message, and how the score came about."""
    told = f"{verdict_words(report.verdict, report.reason)}\n{plain(report.message)}"
    if beside := advice(report):
        told = f"{told}\n\n{beside}"
    if report.verdict == "accepted":
        return told
    counted = outcomes(report)
    passed = f"{sum(outcome.state == 'passed' for outcome in counted)} of {len(counted)} passed"
    rule = "each counts alike." if partial else "only a submission that passes everything scores."
    return f"{told}\n\n{passed}; {rule}"


def advice(report: Report) -> str:
    """What helps beside the explanations: a call that is wrong and how to repeat it, unlocked hints, notes."""
    parts = [f"{hint.title}: {hint.body}" for hint in report.hints] + [f"Note: {note}" for note in report.notes]
    if (example := report.example) is not None:
        got = example.got or example.message
        shown = f"For example, {example.call}({example.arguments})\nexpected: {example.expected}\ngot: {got}"
        repeat = f"To repeat it, beside the file as submission.py:\n{example.code}" if example.code else ""
        parts = [shown, repeat, *parts]
    return plain("\n\n".join(part for part in parts if part))


def never_started(report: Report) -> bool:
    """Whether the source could not even be read as a solution, a syntax error say, so that no case was reached."""
    return report.verdict == "compile_error" and all(case.verdict is None for case in report.cases)


def _of_case(case: CaseResult) -> Outcome:
    hidden, under = "" if case.public else "hidden ", f" of {case.call}" if case.call else ""
    kind = verdict_words(case.verdict, case.reason)
    return Outcome(plain(f"{hidden}{case.name}{under}"), plain(case.shape), _state(case.verdict), kind, _text(case))


def _text(case: CaseResult) -> str:
    """The explanation of a case. What the judge adds to cases, it adds here for every format at once."""
    return plain("\n".join(part for part in (case.message, case.detail, traceback_text(case.frames)) if part))


def _state(verdict: Verdict | None) -> State:
    if verdict is None:
        return "skipped"
    if verdict == "accepted":
        return "passed"
    return "failed" if verdict in _FAILED else "errored"
