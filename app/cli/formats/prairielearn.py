"""PrairieLearn's ``results.json`` of external graders, as its page on external grading describes it.

Invariant: a source that is no Python, or does not define what it should, is not gradable and has no score, so that it
costs no attempt; and the file stays below the megabyte that PrairieLearn takes.
"""

from __future__ import annotations

import json
from typing import Any

from app.cli.formats.outcomes import Outcome, never_started, outcomes, score, summary
from app.cli.output import plain
from app.judge.verdict import Report

#: Most bytes of a results file.
MAX_BYTES = 1_000_000
#: Characters kept of each test's text, tried in turn until the file is small enough.
_LENGTHS = (16_384, 2_000, 200, 0)


def prairielearn(report: Report, *, partial: bool) -> str:
    """One report as JSON, ASCII throughout.

    Raises:
        NotAResult: the report is none of the submission.
    """
    for longest in _LENGTHS:
        text = json.dumps(_results(report, longest, partial=partial), indent=2) + "\n"
        if len(text) < MAX_BYTES:
            break
    return text


def _results(report: Report, longest: int, *, partial: bool) -> dict[str, Any]:
    counted = outcomes(report)
    printed = {"output": _cut(plain(report.printed), longest)} if report.printed else {}
    if never_started(report):
        message = _cut(plain(report.message), longest)
        return {"gradable": False, "format_errors": [message], "message": message, **printed}
    return {
        "gradable": True,
        "score": score(report, partial=partial),
        "message": _cut(summary(report, partial=partial), longest),
        **printed,
        "tests": [_test(outcome, longest) for outcome in counted],
    }


def _test(outcome: Outcome, longest: int) -> dict[str, Any]:
    passed = outcome.state == "passed"
    return {
        "name": outcome.name,
        "description": _cut(outcome.description, longest),
        "points": int(passed),
        "max_points": 1,
        "message": outcome.kind,
        "output": _cut(outcome.text, longest),
    }


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}\n(cut here)"
