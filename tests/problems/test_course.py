"""The shipped course: whole, in an order that can be taken, and fair as far as its own check can tell."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import cache

import pytest

from app.problems import tracks
from app.problems.checking.check import check_problem
from app.problems.checking.headroom import LEAST
from app.problems.folder import read
from app.problems.model import Problem
from sandbox.jobs import Sandbox
from tests.problems import course
from tests.problems.course import PROBLEMS, README, ROOT, SLUGS, problems

#: Of the problems that the last commit did not touch, one in so many is checked each time.
_PARTS = 16


def test_every_problem_has_a_place_in_the_course() -> None:
    """A problem would be at the end of the catalogue, below no title, where nobody looks for it."""
    found, findings = tracks.read(PROBLEMS)
    assert not findings
    assert sorted(slug for track in found for slug in track.problems) == SLUGS


def test_what_a_problem_builds_on_comes_before_it() -> None:
    """A learner who goes through the course in its order would meet a locked problem, or a circle of them."""
    order = [slug for track in tracks.read(PROBLEMS)[0] for slug in track.problems]
    early = {
        slug: after
        for slug, problem in problems().items()
        for after in problem.prerequisites
        if order.index(after) >= order.index(slug)
    }
    assert not early


def test_no_problem_stands_alone() -> None:
    """A learner could not see what a problem prepares for, or what prepares for it."""
    builds = {slug for slug, problem in problems().items() if problem.prerequisites}
    needed = {slug for problem in problems().values() for slug in problem.prerequisites}
    assert set(SLUGS) == builds | needed


def test_the_readme_shows_the_map() -> None:
    """Whoever plans a course would do so by an old map; ``python -m tests.problems.course --write`` renews it."""
    text = README.read_text(encoding="utf-8")
    assert course.with_map(text) == text


@cache
@cache
def _touched() -> frozenset[str]:
    """Names of problems that were changed since the commit ``ALLCLOSE_SINCE``, by default the one before the last.

    None where there is no history.
    """
    since = os.environ.get("ALLCLOSE_SINCE")
    shown = subprocess.run(
        ["git", "diff", "--name-only", f"{since or 'HEAD~1'}...HEAD", "--", "problems"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=since is not None,
    )
    return frozenset(line.split("/")[1] for line in shown.stdout.splitlines() if line.count("/") > 1)


def _in_turn() -> Sequence[object]:
    turn = int(os.environ.get("ALLCLOSE_ROTATION", "0")) % _PARTS
    now = {slug for number, slug in enumerate(SLUGS) if number % _PARTS == turn or slug in _touched()}
    return [pytest.param(slug, marks=() if slug in now else pytest.mark.exhaustive) for slug in SLUGS]


@pytest.mark.chosen
@pytest.mark.timeout(1200)  # a hundred slips, each judged like a submission
@pytest.mark.parametrize("slug", _in_turn())
def test_a_shipped_problem_checks_clean(sandbox: Sandbox, slug: str) -> None:
    """A mistake would be accepted, a right answer refused, or a page show what is not so."""
    problem = read(PROBLEMS / slug)
    assert isinstance(problem, Problem), problem
    # Where only a part of everything runs, slips are looked for in what has changed.
    slips = slug in _touched() or "ALLCLOSE_ROTATION" not in os.environ
    checked = check_problem(problem, sandbox, mutants=slips)
    assert not checked.findings, [str(finding) for finding in checked.findings]
    assert checked.submissions >= 6
    if slips:
        assert checked.mutation is not None
        assert (checked.mutation.killed > 0, checked.mutation.survived) == (True, 0)
    assert all(each.times is None or each.times >= LEAST for each in checked.headroom)
