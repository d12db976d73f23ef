"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import typer

from app.cli import files


def test_a_file_is_replaced_whole_with_the_modes_of_any_new_file(tmp_path: Path) -> None:
    """Whoever collects results could not read them, or would find a longer text's end below a shorter one."""
    place = tmp_path / "results.json"
    place.write_text("an older and much longer text")
    files.write_whole(files.destination(str(place)), "new \ud800 ≠\n")
    assert place.read_text(encoding="utf-8") == "new \\ud800 ≠\n"
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(place.stat().st_mode) == 0o666 & ~mask
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


def test_what_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk would leave half a document for the next program to choke on, or look like a wrong answer."""
    place = tmp_path / "results.json"
    place.write_text("before")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(typer.Exit) as stopped:
        files.write_whole(place, "after")
    assert stopped.value.exit_code == 5
    assert "No space left" in capsys.readouterr().err
    assert (place.read_text(), len([*tmp_path.iterdir()])) == ("before", 1)


def test_a_link_is_followed(tmp_path: Path) -> None:
    """A link to where results are collected would be replaced by a file nobody looks at."""
    (tmp_path / "link").symlink_to(tmp_path / "target")
    files.write_whole(files.destination(str(tmp_path / "link")), "text")
    assert (tmp_path / "target").read_text() == "text"
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "empty name"), (".", "is no file"), ("nowhere/a.json", "does not exist"), ("/dev/null", "no regular file")],
)
def test_what_is_no_place_for_a_file_is_refused(name: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A class would be graded before anybody learns of a slip, or root would replace a device by a file."""
    with pytest.raises(typer.Exit) as stopped:
        files.destination(name)
    assert stopped.value.exit_code == 2
    assert says in capsys.readouterr().err
