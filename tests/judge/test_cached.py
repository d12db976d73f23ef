"""Judging with a cache: programs are shared among learners, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.verdict import Report
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing.publish import publish
from sandbox.local import LocalSandbox
from sandbox.stages.cache import MemoryCache
from tests import folders

RULED = (
    'returns = "float32[N]"\n\n[arguments]\nx = "float32[N]"\n\n[cases]\nseed = 5\n\n'
    '[rules]\nforbidden_calls = ["jax.numpy.cumsum"]\n'
)


@pytest.fixture(scope="module")
def remembering() -> Iterator[LocalSandbox]:
    made = LocalSandbox(cache=MemoryCache(1 << 24))
    yield made
    made.close()


def _publish(folder: Path, sandbox: LocalSandbox) -> Published:
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    return publish(problem, sandbox)


def _judge(problem: Published, source: str, sandbox: LocalSandbox) -> Report:
    *_, last = judge(problem, source.encode(), sandbox)
    assert isinstance(last, Judged)
    return last.report


@pytest.fixture
def ruled(tmp_path: Path, remembering: LocalSandbox) -> Published:
    """Twice a vector, without ``cumsum``."""
    folder = folders.double(tmp_path)
    manifest = (folder / "problem.toml").read_text()
    (folder / "problem.toml").write_text(manifest[: manifest.index("returns")] + RULED)
    return _publish(folder, remembering)


def test_one_program_of_two_learners_is_evaluated_once_and_their_sources_are_judged_apart(
    ruled: Published, remembering: LocalSandbox
) -> None:
    """A learner would be charged with another's style, or excused by it; or the class would wait for one answer."""
    honest = "def double(x):\n    return x + x\n"
    dead = "import jax.numpy as jnp\n\n\ndef double(x):\n    if False:\n        jnp.cumsum(x)\n    return x + x\n"
    first, second, third = (_judge(ruled, source, remembering) for source in (honest, dead, honest))
    assert (first.verdict, first.reason) == ("accepted", None)
    assert (second.verdict, second.reason) == ("rule_broken", "forbidden_call")
    assert (third.verdict, third.reason) == ("accepted", None)
    sets = sum(len(case.inputs) for case in ruled.cases)
    assert [report.cached for report in (first, second, third)] == [0, sets, sets]
    assert [artifact.sha256 for artifact in first.artifacts] == [artifact.sha256 for artifact in second.artifacts]
    assert "compile" not in second.timings_ms


def test_a_wrong_answer_is_compared_every_time(ruled: Published, remembering: LocalSandbox) -> None:
    """A second learner would get no explanation, or a verdict instead of a comparison."""
    first, second = (_judge(ruled, "def double(x):\n    return 3 * x\n", remembering) for _ in range(2))
    assert second.cached > first.cached == 0
    assert (first.verdict, first.reason, first.message) == (second.verdict, second.reason, second.message)
    assert first.cases == second.cases
    assert second.verdict == "wrong_answer"


def test_a_result_of_the_wrong_type_is_judged_alike(ruled: Published, remembering: LocalSandbox) -> None:
    """Judging stops early there, and what is known would be told for cases that were not reached before."""
    first, second = (_judge(ruled, "def double(x):\n    return (2 * x)[:, None]\n", remembering) for _ in range(2))
    assert first.cases == second.cases
    assert (first.verdict, first.reason) == (second.verdict, second.reason) == ("wrong_answer", "shape")


def test_expected_outputs_are_computed_and_never_remembered(tmp_path: Path, remembering: LocalSandbox) -> None:
    """An author could not get rid of expected outputs that were wrong."""
    cache = remembering._cache
    assert cache is not None
    before = cache.hits, cache.misses
    for name in ("one", "two"):
        _publish(folders.double(tmp_path / name), remembering)
    assert (cache.hits, cache.misses) == before
