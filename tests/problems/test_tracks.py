"""The file of tracks, as it should be and as somebody may write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.problems import tracks
from app.settings import SHIPPED_PROBLEMS

GOOD = '[[tracks]]\nname = "a"\ntitle = "A"\nsummary = "s"\nproblems = ["one"]\n'
REST = 'title = "B"\nsummary = "s"\nproblems = ["two"]\n'


def _read(folder: Path, text: str) -> tuple[list[str], list[str]]:
    (folder / tracks.FILE).write_text(text)
    found, findings = tracks.read(folder)
    return [track.name for track in found], [finding.code for finding in findings]


def test_the_shipped_course_has_no_fault() -> None:
    """The catalogue would lose part of its order."""
    found, findings = tracks.read(SHIPPED_PROBLEMS)
    assert not findings
    assert found[0].problems[0] == "set_diagonal"


def test_without_the_file_there_are_no_tracks(tmp_path: Path) -> None:
    """A folder of problems without a course could not be served."""
    assert tracks.read(tmp_path) == ((), ())


@pytest.mark.parametrize(
    ("text", "names", "codes"),
    [
        ("tracks = [", [], ["toml-syntax"]),
        ("tracks = 5", [], ["bad-value"]),
        ("tracks = [5]", [], ["bad-value"]),
        ("colour = 1\n" + GOOD, ["a"], ["unknown-key"]),
        (GOOD + 'colour = "red"\n', ["a"], ["unknown-key"]),
        (GOOD + "[[tracks]]\n" + REST, ["a"], ["missing-key"]),
        (GOOD + "[[tracks]]\nname = 5\n" + REST, ["a"], ["bad-value"]),
        (GOOD + '[[tracks]]\nname = " "\n' + REST, ["a"], ["bad-value"]),
        (GOOD + '[[tracks]]\nname = "a"\n' + REST, ["a"], ["bad-value"]),
        (GOOD.replace('["one"]', '["one", "one"]'), ["a"], ["bad-value"]),
        (GOOD.replace('["one"]', '["one", 5, {}]'), ["a"], ["bad-value", "bad-value"]),
        (GOOD.replace('["one"]', '"one"'), ["a"], ["bad-value"]),
        (GOOD.replace('problems = ["one"]', ""), ["a"], ["missing-key"]),
        (GOOD + GOOD.replace('"a"', '"b"'), ["a", "b"], ["bad-value"]),
    ],
)
def test_a_fault_is_a_finding_and_the_rest_holds(tmp_path: Path, text: str, names: list[str], codes: list[str]) -> None:
    """A slip in one track would take the others, or the service, away."""
    assert _read(tmp_path, text) == (names, codes)


def test_a_problem_stays_in_the_first_track_that_names_it(tmp_path: Path) -> None:
    """It would stand in the list twice, and count twice."""
    (tmp_path / tracks.FILE).write_text(GOOD + GOOD.replace('"a"', '"b"').replace('["one"]', '["one", "two"]'))
    found, _ = tracks.read(tmp_path)
    assert [track.problems for track in found] == [("one",), ("two",)]


def test_bytes_and_links_are_findings_too(tmp_path: Path) -> None:
    """The service would not start."""
    (tmp_path / tracks.FILE).write_bytes(b"\xff")
    assert [finding.code for finding in tracks.read(tmp_path)[1]] == ["not-utf8"]
    (tmp_path / tracks.FILE).unlink()
    (tmp_path / tracks.FILE).mkdir()
    assert [finding.code for finding in tracks.read(tmp_path)[1]] == ["unreadable-file"]


def test_findings_are_logged(tmp_path: Path) -> None:
    """An operator would not learn why a track is missing."""
    (tmp_path / tracks.FILE).write_text("tracks = 5")
    with capture_logs() as logs:
        assert not tracks.load(tmp_path)
    assert "bad-value" in logs[0]["finding"]
