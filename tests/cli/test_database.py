"""``allclose db``: what it says, and the status that it ends with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.database.db import FILE_NAME
from app.database.migrate import revisions
from app.database.place import owned
from app.settings import Settings
from tests.cli.commands import Done, call

Command = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path) -> Command:
    """Calls ``allclose db`` with arguments."""
    return lambda *arguments, data="data": call(tmp_path, "db", *arguments, ALLCLOSE_DATA_DIR=str(tmp_path / data))


def test_a_database_is_made_checked_backed_up_and_restored(run: Command, tmp_path: Path) -> None:
    """An operator could not tell from a script whether there is a backup."""
    assert run("check").returncode == 5
    assert not (tmp_path / "data").exists()
    made = run("upgrade")
    assert (made.returncode, made.stdout) == (0, f"from revision None to {revisions()[0]}\n")
    assert run("upgrade").stdout == f"at revision {revisions()[0]}\n"
    assert (run("check").returncode, run("check").stdout) == (0, "nothing is wrong\n")
    assert run("backup", "kept").returncode == 0
    assert run("restore", "kept", data="other").returncode == 0
    assert run("check", data="other").returncode == 0


def test_what_is_in_the_way_is_told_with_another_status(run: Command, tmp_path: Path) -> None:
    """A script could not tell a name that is taken from a database that is lost."""
    run("upgrade")
    run("backup", "kept")
    for refused in (run("backup", "kept"), run("restore", "kept")):
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr.startswith("allclose: ")
    assert run("restore", "kept", "--replace").returncode == 0
    (tmp_path / "garbage").write_text("garbage")
    assert run("restore", "garbage", data="other").returncode == 5
    (tmp_path / "data" / FILE_NAME).write_bytes(b"garbage" * 100)
    for refused in (run("check"), run("backup", "second"), run("upgrade")):
        assert refused.returncode == 5
        assert "Traceback" not in refused.stderr


def test_only_what_reads_goes_on_beside_a_server(run: Command, tmp_path: Path) -> None:
    """Somebody would change tables under a running server, or have to stop it for a backup."""
    run("upgrade")
    with owned(Settings(data_dir=tmp_path / "data")):
        assert run("backup", "kept").returncode == 0
        assert run("check").returncode == 0
        for refused in (run("upgrade"), run("restore", "kept", "--replace")):
            assert refused.returncode == 5
            assert "Another allclose server" in refused.stderr
