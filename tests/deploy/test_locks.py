"""Lock files name versions and hashes, and leave it to whoever installs where those come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.test_dockerfile import ROOT

LOCKS = [
    *(path for folder in (".", "deploy", "sandbox/libraries") for path in sorted((ROOT / folder).glob("*.lock"))),
    ROOT / "app/web/frontend/package-lock.json",
    ROOT / "tests/fuzz/requirements.txt",
]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_carries_no_address(lock: Path) -> None:
    """A mirror or an index behind a firewall would not be asked, or an address of somebody's machine be published."""
    found = [line.strip() for line in lock.read_text(encoding="utf-8").splitlines() if "://" in line]
    assert not found, "npm writes where a package asks for money: delete its `funding`"
