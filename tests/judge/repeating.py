"""Whether the code of an example shows what the report says: it is run, and its result compared."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from app.judge.comparison.compare import Mismatch, compare
from app.judge.verdict import Report
from app.problems.published import Published
from sandbox import arrays
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.tree import Tree


def repeat(sources: Sequence[str], reports: Sequence[Report]) -> list[dict[str, Any]]:
    """What became of each report's example in a fresh process."""
    examples = [report.example for report in reports]
    pairs = [
        {"source": source, "code": example.code} for source, example in zip(sources, examples, strict=True) if example
    ]
    assert len(pairs) == len(reports)
    command = [sys.executable, "-W", "ignore", "-m", "tests.judge.repeat"]
    done = subprocess.run(command, input=json.dumps(pairs), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def fault(published: Published, report: Report, told: dict[str, Any]) -> str:
    """What the run shows that the report does not say; empty if they agree."""
    assert report.example is not None
    if "raised" in told or not report.example.got:
        return "" if ("raised" in told) == (not report.example.got) else f"{told} beside {report.example}"
    if report.reason == "mutated_input":
        return ""
    mismatch = _compare(published, told)
    if isinstance(mismatch, Mismatch):
        return "" if mismatch.reason == report.example.reason else f"{mismatch}"
    return "" if mismatch else f"the result is right: {told}"


def _compare(published: Published, told: dict[str, Any]) -> Mismatch | bool:
    (got_tree, got), (expected_tree, expected) = _value(told["result"]), _value(told["expected"])
    if isinstance(expected_tree, trees.Static) or published.comparisons:
        return True
    return compare(expected_tree, expected, got_tree, got, published.problem.tolerances) or False


def _value(told: dict[str, Any]) -> tuple[Tree, list[Array]]:
    return trees.from_json(told["tree"]), arrays.loads(base64.b64decode(told["arrays"]))
