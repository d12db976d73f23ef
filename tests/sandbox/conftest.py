"""Sandboxes for the tests of this folder: the same tests for every backend this machine has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.local import LocalSandbox
from sandbox.pool import PooledSandbox
from tests.backends import Backend, parameters
from tests.sandbox.jobs import assert_healthy


@pytest.fixture(scope="session", params=parameters())
def warm(request: pytest.FixtureRequest) -> Iterator[tuple[Backend, PooledSandbox]]:
    """Each backend in turn, started."""
    backend: Backend = request.param
    made = backend.open()
    yield backend, made
    made.close()


@pytest.fixture
def sandbox(warm: tuple[Backend, PooledSandbox], request: pytest.FixtureRequest) -> PooledSandbox:
    """A warm sandbox of each backend in turn: what is tested with it is the contract of all of them."""
    backend, made = warm
    backend.mark(request)
    return made


@pytest.fixture(scope="session")
def default_sandbox() -> Iterator[LocalSandbox]:
    """A warm sandbox behind the wall this machine would choose."""
    made = LocalSandbox()
    yield made
    made.close()


@pytest.fixture
def healthy_after(sandbox: PooledSandbox) -> Iterator[PooledSandbox]:
    """The sandbox; after the test it must still judge an ordinary right submission."""
    yield sandbox
    assert_healthy(sandbox)
