"""A real sandbox and published problems for the judge's tests from end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.verdict import Report
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing.publish import publish
from sandbox.jobs import Sandbox
from sandbox.local import LocalSandbox

PROBLEMS = Path(__file__).resolve().parents[2] / "problems"

Publish = Callable[[Path], Published]
Grade = Callable[[Published, str], Report]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A warm sandbox."""
    made = LocalSandbox()
    yield made
    made.close()


@pytest.fixture(scope="session")
def published(sandbox: Sandbox) -> Publish:
    """Publishes a folder, each once."""

    @cache
    def of(folder: Path) -> Published:
        problem = read(folder)
        assert isinstance(problem, Problem), problem
        return publish(problem, sandbox)

    return of


@pytest.fixture(scope="session")
def grade(sandbox: Sandbox) -> Grade:
    """Judges a source and returns the report."""

    def report(problem: Published, source: str) -> Report:
        *_, last = judge(problem, source.encode(), sandbox)
        assert isinstance(last, Judged)
        return last.report

    return report
