"""``grade`` and its formats: what goes where, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests import folders
from tests.cli import published
from tests.cli.commands import Done, call

#: Right on the public case and on no hidden one.
HALF = folders.DOUBLE.format("2 * x if x.size == 2 else x")
FORMATS = ("text", "json", "junit", "gradescope", "prairielearn")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A problem, and submissions beside it."""
    root = tmp_path_factory.mktemp("grade")
    folders.double(root / "problems")
    (root / "right.py").write_text(folders.DOUBLE.format("x + x"))
    (root / "half.py").write_text(HALF)
    (root / "slip.py").write_text("def double(x:\n")
    return root


def grade(home: Path, *arguments: str, **settings: str) -> Done:
    """``allclose grade double`` with ``arguments``."""
    return call(home, "grade", "double", *arguments, **settings)


@pytest.mark.parametrize("output", FORMATS)
def test_a_file_gets_what_would_be_printed_and_nothing_of_a_hidden_case(
    home: Path, output: str, tmp_path: Path
) -> None:
    """A format would print into a pipe what is not in the file, or tell the value of a hidden input or result."""
    place = tmp_path / "results"
    done = grade(home, "half.py", "--format", output, "--output", str(place))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    written = place.read_text()
    assert {"four", "nine"} <= {name for name in ("two", "four", "nine") if name in written}
    for value in (folders.HIDDEN_INPUT, folders.HIDDEN_OUTPUT):
        assert str(value)[:5] not in written


def test_junit_holds_every_file(home: Path) -> None:
    """A build server would see the last submission of a class only."""
    done = grade(home, "right.py", "half.py", "slip.py", "--format", "junit")
    root = ET.fromstring(done.stdout)
    assert list(published.junit_differences(root)) == []
    assert [suite.get("name") for suite in root] == ["right.py", "half.py", "slip.py"]
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["10", "2", "1"]
    assert done.returncode == 1


def test_a_course_gets_a_score(home: Path) -> None:
    """A platform would record no score, or one for part of the cases where only the whole counts."""
    whole, part = (grade(home, "half.py", "--format", "gradescope", *more) for more in ([], ["--partial"]))
    assert (json.loads(whole.stdout)["score"], json.loads(part.stdout)["score"]) == (0.0, 1 / 3)
    accepted = grade(home, "right.py", "--format", "prairielearn")
    assert (json.loads(accepted.stdout)["score"], accepted.returncode) == (1.0, 0)
    slip = grade(home, "slip.py", "--format", "prairielearn", "--partial")
    assert (json.loads(slip.stdout)["gradable"], slip.returncode) == (False, 1)


@pytest.mark.parametrize("output", ["json", "gradescope"])
def test_a_fault_of_ours_leaves_no_results(home: Path, output: str, tmp_path: Path) -> None:
    """A learner would get a zero because no sandbox could be opened."""
    arguments = ("right.py", "--format", output, "--output", str(tmp_path / "results"))
    done = grade(home, *arguments, ALLCLOSE_SANDBOX="docker", DOCKER_HOST=f"unix://{tmp_path}/nobody")
    assert (done.returncode, done.stdout) == (5, "")
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["right.py", "half.py", "--format", "gradescope"], "exactly one submission"),
        (["right.py", "half.py", "--format", "prairielearn"], "exactly one submission"),
        (["right.py", "--format", "junit", "--partial"], "--partial goes with"),
        (["right.py", "--output", "nowhere/results.json"], "does not exist"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_graded(
    home: Path, arguments: list[str], says: str
) -> None:
    """A class would be graded for minutes before the command says that it cannot write the result."""
    done = grade(home, *arguments, ALLCLOSE_SANDBOX="docker", DOCKER_HOST=f"unix://{home}/nobody")
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
