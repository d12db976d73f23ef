"""Which programs are too old to rely on."""

from __future__ import annotations

import pytest

from sandbox.walls import versions


@pytest.mark.parametrize(
    ("version", "old"),
    [
        ("1.1.5+ds1-1+deb12u1", True),
        ("1.1.12", True),
        ("1.2.7", True),
        ("1.2.8", False),
        ("1.2.8-rc.1", True),
        ("1.3.2", True),
        ("1.3.3", False),
        ("1.3.10", False),
        ("1.4.0-rc.2", True),
        ("1.4.0-rc.3", False),
        ("1.4.0", False),
        ("1.5.0", False),
        ("2.0.0", False),
        ("", True),
        ("unknown", True),
    ],
)
def test_an_old_runc_is_named(version: str, *, old: bool) -> None:
    """An operator would run a container engine with a known way out."""
    told = versions.runc(version)
    assert bool(told) == old
    assert all("CVE-2025-31133" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("version", "old"),
    [
        ("NVIDIA Container Toolkit CLI version 1.17.8", False),
        ("1.18.0", False),
        ("1.17.7", True),
        ("1.16.2", True),
        ("", True),
    ],
)
def test_an_old_toolkit_is_named(version: str, *, old: bool) -> None:
    """The same for containers that see a GPU."""
    assert bool(versions.toolkit(version)) == old
