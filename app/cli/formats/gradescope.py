"""Gradescope's ``results.json``, as its autograder specification describes it.

Everything is visible at once, hidden cases too: an entry that Gradescope hides hides the total as well, and these tell
no more than any other page does. What the grading process prints is for instructors. Invariant: text is sent as
``text``, so that nothing which a submission wrote is read as HTML.
"""

from __future__ import annotations

import json
from typing import Any

from app.cli.formats.outcomes import Outcome, outcomes, score, summary
from app.cli.output import plain
from app.judge.verdict import Report


def gradescope(report: Report, *, partial: bool) -> str:
    """One report as JSON. The score is from 0 to 1, so an assignment is worth one point for each problem.

    Raises:
        NotAResult: the report is none of the submission.
    """
    printed = f"\n\nPrinted:\n{plain(report.printed)}" if report.printed else ""
    results = {
        "score": score(report, partial=partial),
        "execution_time": round(report.timings_ms.get("total", 0.0) / 1000, 3),
        "output": summary(report, partial=partial) + printed,
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "problem": report.problem,
            "problem_version": report.problem_version,
            "problem_sha256": report.problem_sha256,
            "source_sha256": report.source_sha256,
            "verdict": report.verdict,
            "reason": report.reason,
        },
        "tests": [_test(outcome) for outcome in outcomes(report)],
    }
    return json.dumps(results, indent=2) + "\n"


def _test(outcome: Outcome) -> dict[str, Any]:
    passed = outcome.state == "passed"
    lines = (outcome.description, "" if passed else outcome.kind, outcome.text)
    return {
        "name": outcome.name,
        "name_format": "text",
        "score": float(passed),
        "max_score": 1.0,
        "status": "passed" if passed else "failed",
        "output": "\n".join(line for line in lines if line),
        "output_format": "text",
        "visibility": "visible",
    }
