"""Writes the sample folder to disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.problems.sample import FILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder ``scale``, complete and right."""
    root = tmp_path / "scale"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root
