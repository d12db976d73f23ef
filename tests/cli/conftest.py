"""Ends the sandbox that commands were called with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli import commands


@pytest.fixture(scope="package", autouse=True)
def _warm_sandbox() -> Iterator[None]:
    yield
    if commands.warm.cache_info().currsize:
        commands.warm().close()
        commands.warm.cache_clear()


@pytest.fixture
def database_url() -> str:
    """Commands talk to a server on SQLite."""
    return ""
