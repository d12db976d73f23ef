"""Trivial answers, compared as arrays: none passes where something is asked, and each is told where one does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.judge.comparison import deferred
from app.judge.comparison.compare import compare
from app.problems.checking.trivial import check_trivial
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing.publish import publish
from sandbox.jobs import Sandbox
from tests import folders
from tests.folders import DOUBLE
from tests.judge import small


def _published(folder: Path, sandbox: Sandbox) -> Published:
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    return publish(problem, sandbox)


def _codes(published: Published, sandbox: Sandbox) -> set[str]:
    return {finding.code for finding in check_trivial(published, sandbox)}


@pytest.mark.parametrize(
    "slug", ["in_bfloat16", "in_complex64", "in_float8", "in_bool", "in_int8", "dict_result", "random_dropout"]
)
def test_every_kind_of_result_can_be_looked_at(tmp_path: Path, sandbox: Sandbox, slug: str) -> None:
    """A check would end in an exception, or call a sound problem trivial, for a dtype without NaN or fractions."""
    published = publish(small.problem(slug, tmp_path), sandbox)
    assert not {finding.code for finding in check_trivial(published, sandbox) if finding.severity == "error"}


def test_results_that_are_all_nan_are_told(tmp_path: Path, sandbox: Sandbox) -> None:
    """A reference that divides by zero everywhere would accept whoever does the same, and nobody else."""
    folder = folders.double(tmp_path, reference_py=DOUBLE.format("x * float('nan')"))
    assert "nan-passes" in _codes(_published(folder, sandbox), sandbox)


def test_another_dtype_that_passes_is_told(tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that had stopped to look at dtypes would not be noticed by any problem."""
    published = _published(folders.double(tmp_path), sandbox)
    assert _codes(published, sandbox) == set()
    blind = lambda expected, mine, _, yours, allowed: compare(expected, mine, expected, yours, allowed)  # noqa: E731
    monkeypatch.setattr(deferred, "compare", blind)
    assert _codes(published, sandbox) == {"dtype-passes"}


def test_a_tolerance_that_swallows_one_case_is_told_by_its_name(tmp_path: Path, sandbox: Sandbox) -> None:
    """A case made for small numbers would test nothing."""
    published = _published(folders.double(tmp_path), sandbox)
    tiny = published.cases[1]
    smaller = tuple(tuple(array * 1e-12 for array in values) for values in tiny.outputs)
    cases = (published.cases[0], replace(tiny, outputs=smaller), *published.cases[2:])
    findings = check_trivial(replace(published, cases=cases), sandbox)
    (finding,) = [finding for finding in findings if finding.code != "constant-result"]
    assert (finding.code, finding.severity, tiny.name in finding.message) == ("atol-swallows", "warning", True)
