"""Sandboxes for the tests of this folder: one warm sandbox for each wall this machine can build."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.local import LocalSandbox
from tests.conftest import require
from tests.sandbox.jobs import assert_healthy


@pytest.fixture(scope="module", params=["bubblewrap", "unshare"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[LocalSandbox]:
    """A warm sandbox behind each wall in turn."""
    require(request.param)
    made = LocalSandbox(wall=request.param)
    yield made
    made.close()


@pytest.fixture(scope="module")
def default_sandbox() -> Iterator[LocalSandbox]:
    """A warm sandbox behind the wall this machine would choose."""
    made = LocalSandbox()
    yield made
    made.close()


@pytest.fixture
def healthy_after(sandbox: LocalSandbox) -> Iterator[LocalSandbox]:
    """The sandbox; after the test it must still judge an ordinary right submission."""
    yield sandbox
    assert_healthy(sandbox)
