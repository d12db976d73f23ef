"""``problem new``: a folder that checks clean, and nothing overwritten."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from app.problems import starting
from app.problems.checking.check import check
from app.problems.folder import read
from app.problems.folder.pages import split_sections
from app.problems.model import Problem
from app.problems.starting import CannotStart, Mode, start
from sandbox.local import LocalSandbox

ROOT = Path(__file__).resolve().parents[2]
MODES: tuple[Mode, ...] = ("traced", "eager")


@pytest.mark.parametrize("mode", MODES)
def test_what_is_made_checks_clean(tmp_path: Path, mode: Mode) -> None:
    """The first thing an author sees would be faults that are not theirs."""
    files = start("a_new_one", tmp_path / "not" / "there", mode)
    folder = tmp_path / "not" / "there" / "a_new_one"
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == {*files}
    with closing(LocalSandbox()) as sandbox:
        checked = check(folder, sandbox)
    assert [str(finding) for finding in checked.findings] == []
    assert (checked.submissions, checked.cases) >= (6, 6)


@pytest.mark.parametrize("mode", MODES)
def test_what_is_made_is_named_throughout(tmp_path: Path, mode: Mode) -> None:
    """A learner would be asked to write a function called SLUG."""
    for path in start("a_new_one", tmp_path, mode):
        text = (tmp_path / "a_new_one" / path).read_text(encoding="utf-8")
        assert "SLUG" not in text
        assert "TITLE" not in text
        assert text.endswith("\n")
        assert path.endswith((".md", ".toml", "cases.py")) or "def a_new_one(" in text
    problem = read(tmp_path / "a_new_one")
    assert isinstance(problem, Problem)
    assert (problem.title, problem.mode) == ("A new one", mode)


@pytest.mark.parametrize("mode", MODES)
def test_what_is_made_says_what_to_replace(mode: Mode) -> None:
    """An author would leave in place what belongs to the template's exercise."""
    files = starting.filled("a_new_one", mode)
    told = {path for path, text in files.items() if "Replace" in text}
    assert {"problem.toml", "statement.md", "starter.py", "reference.py", "solution.md", "cases.py"} <= told
    assert {path.rpartition("/")[0] for path in told} == {"", "submissions/accepted", "submissions/wrong"}


@pytest.mark.parametrize("mode", MODES)
def test_the_worked_example_does_not_show_the_answer(mode: Mode) -> None:
    """An author would start from a statement that gives its own exercise away."""
    files = starting.filled("a_new_one", mode)
    (solved,) = (node for node in ast.parse(files["reference.py"]).body if isinstance(node, ast.FunctionDef))
    answer = ast.unparse(solved.body[-1]).removeprefix("return ")
    (example,) = (part.body for part in split_sections(files["statement.md"]) if part.title == "Worked example")
    assert answer not in example


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("Upper", "lower-case"),
        ("two words", "lower-case"),
        ("lambda", "keyword"),
        ("../up", "lower-case"),
        ("", "lower-case"),
        ("jnp", "template uses"),
        ("x", "template uses"),
    ],
)
def test_a_name_that_no_function_can_have_is_refused(tmp_path: Path, slug: str, says: str) -> None:
    """A folder would be made outside of where it was asked for, or one whose code calls the wrong thing."""
    with pytest.raises(CannotStart, match=says):
        start(slug, tmp_path, "traced")
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("kind", ["folder", "empty folder", "file", "link to nothing", "file as parent"])
def test_nothing_is_overwritten(tmp_path: Path, kind: str) -> None:
    """An author would lose a problem by naming a new one like it."""
    place = tmp_path / "mine"
    if kind in ("folder", "empty folder"):
        place.mkdir()
    if kind == "folder":
        (place / "reference.py").write_text("hours of work")
    if kind in ("file", "file as parent"):
        place.write_text("hours of work")
    if kind == "link to nothing":
        place.symlink_to(tmp_path / "nothing")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CannotStart, match="nothing is overwritten"):
        start("mine", place if kind == "file as parent" else tmp_path, "traced")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk would leave half a problem, and the second try would be refused because of it."""
    written: list[Path] = []
    write = Path.write_text

    def fill(path: Path, text: str, encoding: str) -> int:
        written.append(path)
        if len(written) == 5:
            raise OSError(28, "No space left on device")
        return write(path, text, encoding)

    monkeypatch.setattr(Path, "write_text", fill)
    with pytest.raises(CannotStart, match="No space left"):
        start("mine", tmp_path, "traced")
    assert not [*tmp_path.iterdir()]


def test_a_wheel_holds_the_templates(tmp_path: Path) -> None:
    """``problem new`` would work in a checkout and nowhere else."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    for mode in MODES:
        for path in starting.filled("a_new_one", mode):
            assert f"app/problems/starting/{mode}/{path}.template" in held
