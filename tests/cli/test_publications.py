"""Publications that commands keep: taken only where they are whole and of this folder, and never needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from app import logs
from app.cli import inputs, publications
from app.cli.publications import publication
from app.problems.model import Problem
from app.problems.published import Published
from app.settings import Settings
from sandbox.jobs import Sandbox
from tests.service import fakes
from tests.service.fakes import FakeSandbox

PROBLEM = fakes.problem("add_one")
Prepare = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where they are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return platformdirs.user_cache_path("allclose", appauthor=False) / "publications"


@pytest.fixture
def prepare(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Prepare:
    """Prepares a problem and returns how often it was published."""
    del folder
    made: list[str] = []

    def publish(problem: Problem, sandbox: Sandbox) -> Published:
        made.append(problem.sha256)
        return fakes.publish(problem, sandbox)

    monkeypatch.setattr(publications, "publish", publish)
    monkeypatch.setattr(logs, "configure", lambda: None)  # is for a whole process

    def call(problem: Problem = PROBLEM, toolchain: str = "fake 1", cache_mb: int = 16) -> int:
        made.clear()
        found = publication(problem, FakeSandbox(toolchain), Settings(cache_mb=cache_mb))
        assert found.problem == problem
        assert found.dumps() == fakes.publish(problem).dumps()
        return len(made)

    return call


def test_a_problem_is_published_once_for_its_folder_and_its_toolchain(prepare: Prepare, folder: Path) -> None:
    """Every grading would publish again; or a corrected problem would be graded as it was."""
    assert [prepare(), prepare()] == [1, 0]
    assert [prepare(fakes.problem("add_one", "2")), prepare(fakes.problem("add_two")), prepare(toolchain="fake 2")] == [
        1,
        1,
        1,
    ]
    assert prepare() == 0
    kept = list(folder.iterdir())
    assert len(kept) == 4
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("damage", [b"", b"allclose-outputs-1\n", None])
def test_a_damaged_publication_is_made_again(prepare: Prepare, folder: Path, damage: bytes | None) -> None:
    """A disk that was full once would keep a learner from grading, or grade wrongly."""
    prepare()
    (kept,) = folder.iterdir()
    content = kept.read_bytes()
    kept.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if damage is None else damage)
    assert [prepare(), prepare()] == [1, 0]


def test_without_a_cache_every_grading_publishes(prepare: Prepare, folder: Path) -> None:
    """Who wants nothing kept, or has no place for it, could not grade."""
    assert [prepare(cache_mb=0), prepare(cache_mb=0)] == [1, 1]
    assert not folder.exists()
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.write_text("a file where the folder would be")
    assert [prepare(), prepare()] == [1, 1]


def test_what_is_replayed_is_published_anew(prepare: Prepare, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record would be reproduced from the very results that it came from."""
    prepare()
    made: list[str] = []
    monkeypatch.setattr(inputs, "read_problem", lambda name: PROBLEM)

    def publish(problem: Problem, sandbox: Sandbox) -> Published:
        made.append(problem.slug)
        return fakes.publish(problem, sandbox)

    monkeypatch.setattr(inputs, "publish", publish)
    inputs.prepare("add_one", FakeSandbox(), fresh=True)
    assert made == ["add_one"]
    inputs.prepare("add_one", FakeSandbox())
    assert made == ["add_one"]
