"""One server owns a data directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.database import migrate
from app.database.data_dir import exclusive
from app.database.db import Database
from app.errors import StartRefused
from app.tokens import service as tokens


def test_two_servers_cannot_share_a_directory(tmp_path: Path) -> None:
    """A second server would queue again what the first one is running."""
    with (
        exclusive(tmp_path / "data"),
        pytest.raises(StartRefused, match="Another allclose"),
        exclusive(tmp_path / "data"),
    ):
        pass
    with exclusive(tmp_path / "data") as again:
        assert again.parent == tmp_path / "data"


def test_a_new_directory_is_for_its_owner_only(tmp_path: Path) -> None:
    """Other users of the machine could read hidden cases and sources."""
    with exclusive(tmp_path / "a" / "data") as database:
        assert database.parent.stat().st_mode & 0o077 == 0


def test_the_database_is_for_its_owner_only_in_any_directory(tmp_path: Path) -> None:
    """A directory that an operator made before would let others read hidden cases."""
    tmp_path.chmod(0o755)
    with exclusive(tmp_path) as path:
        database = Database(path)
        migrate.upgrade(database)
        with database.write() as session:
            tokens.create(session, "test")
        modes = {file.name: file.stat().st_mode & 0o077 for file in tmp_path.iterdir()}
        database.close()
    assert "allclose.sqlite3-wal" in modes
    assert set(modes.values()) == {0}


def test_a_directory_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    """An operator would see a traceback and not which setting to change."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StartRefused, match="ALLCLOSE_DATA_DIR"), exclusive(tmp_path / "file" / "data"):
        pass
