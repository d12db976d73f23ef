"""One server owns a data directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.data_dir import exclusive
from app.errors import StartRefused


def test_two_servers_cannot_share_a_directory(tmp_path: Path) -> None:
    """A second server would queue again what the first one is running."""
    with (
        exclusive(tmp_path / "data"),
        pytest.raises(StartRefused, match="Another allclose"),
        exclusive(tmp_path / "data"),
    ):
        pass
    with exclusive(tmp_path / "data") as again:
        assert again == tmp_path / "data"


def test_a_new_directory_is_for_its_owner_only(tmp_path: Path) -> None:
    """Other users of the machine could read hidden cases and sources."""
    with exclusive(tmp_path / "a" / "data") as directory:
        assert directory.stat().st_mode & 0o077 == 0


def test_a_directory_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    """An operator would see a traceback and not which setting to change."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StartRefused, match="ALLCLOSE_DATA_DIR"), exclusive(tmp_path / "file" / "data"):
        pass
