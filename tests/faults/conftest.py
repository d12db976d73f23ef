"""Services and daemons that the tests of this folder may kill."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import images
from tests.conftest import require
from tests.faults.engine import Engine, require_engine
from tests.faults.service import RealService

Serve = Callable[..., RealService]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Make a service with further environment variables; it is not started, and ended after the test."""
    made: list[RealService] = []

    def call(**environment: str) -> RealService:
        folder = tmp_path / f"service-{len(made)}"
        folder.mkdir()
        made.append(RealService(folder, environment))
        return made[-1]

    yield call
    for service in made:
        service.stop()


@pytest.fixture(scope="session")
def image() -> str:
    """The sandbox's image, on the machine's daemon."""
    require("docker")
    return images.sandbox_image()


@pytest.fixture(scope="module")
def engine(image: str) -> Iterator[Engine]:
    """A private daemon with the image."""
    require_engine()
    # Sockets have paths of at most 107 bytes.
    made = Engine(Path(tempfile.mkdtemp(prefix="allclose-")))
    try:
        made.start()
        made.load(image)
        yield made
    finally:
        made.close()


@pytest.fixture
def docker_settings(image: str) -> dict[str, str]:
    """What makes a service use the Docker backend."""
    return {"ALLCLOSE_SANDBOX": "docker", "ALLCLOSE_DOCKER_IMAGE": image}
