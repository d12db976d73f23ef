"""``problem new``: what it makes where, what it says, and its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Done, call


def new(home: Path, *arguments: str) -> Done:
    """``allclose problem new`` with ``arguments``, called in ``home``."""
    return call(home, "problem", "new", *arguments)


def test_what_to_do_next_is_said_and_can_be_done(tmp_path: Path) -> None:
    """An author would be left with a folder and no idea which file is theirs, or a command that does not work."""
    done = new(tmp_path, "row_sizes", "--dir", "my course")
    assert (done.returncode, done.stderr) == (0, "")
    first, *files, comments, command = done.stdout.splitlines()
    assert first == "my course/row_sizes is a whole problem, and checks clean. Make it yours, file by file:"
    assert all((tmp_path / file.strip()).is_file() for file in files)
    assert len(files) >= 13
    assert "Replace" in comments
    assert command.strip() == "allclose problem check 'my course/row_sizes'"


def test_the_mode_is_chosen(tmp_path: Path) -> None:
    """An author of a lesson on NumPy would get a problem that is traced."""
    assert new(tmp_path, "above_floor", "--mode", "eager").returncode == 0
    assert 'mode = "eager"' in (tmp_path / "above_floor/problem.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["taken"], "nothing is overwritten"),
        (["Row-Sizes"], "lower-case"),
        (["row_sizes", "--mode", "lazy"], "lazy"),
        ([], "SLUG"),
    ],
)
def test_a_slip_is_said_and_makes_nothing(tmp_path: Path, arguments: list[str], says: str) -> None:
    """A slip on the command line would end in a traceback, or in a folder that nobody asked for."""
    (tmp_path / "taken").mkdir()
    done = new(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["taken"]
