"""A warm sandbox for all tests of this folder, and the sample folder on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.jobs import Sandbox
from sandbox.local import LocalSandbox
from tests.problems.sample import FILES


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A warm sandbox."""
    made = LocalSandbox()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder ``scale``, complete and right."""
    root = tmp_path / "scale"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root
