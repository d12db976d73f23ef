"""The service's image, where there is a Docker daemon: it serves, tells its health, and stops as it is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import docker
import pytest

from sandbox.docker import connect
from tests import images
from tests.conftest import require
from tests.postgres import Cluster


@pytest.fixture(scope="module")
def daemon() -> Iterator[docker.DockerClient]:
    require("docker")
    with closing(connect()) as client:
        yield client


@pytest.fixture(scope="module")
def tag(daemon: docker.DockerClient) -> str:
    return images.service_image()


def test_the_image_runs_as_nobody_and_holds_what_it_needs(daemon: docker.DockerClient, tag: str) -> None:
    """The command, its migrations or the problems would be missing, or the service be root."""
    asked = (
        "import os; from app.database.migrate import SCRIPTS; from app.settings import load_settings; "
        "print(os.getuid(), SCRIPTS.is_dir(), len(os.listdir(load_settings().problems_dir)) > 0)"
    )
    run = partial(daemon.containers.run, tag, network_mode="none", read_only=True, remove=True)
    assert run(command=["-c", asked], entrypoint=["python"]).split() == [b"10001", b"True", b"True"]
    assert b"serve" in run(command=["--help"])


def test_it_gets_healthy_and_stops_in_order(daemon: docker.DockerClient, tag: str, cluster: Cluster) -> None:
    """Orchestrators would restart a service that works, or kill one that is about to hand its work back."""
    address = cluster.new()
    name, _, folder = address.partition("?host=")
    container = daemon.containers.run(
        tag,
        detach=True,
        network_mode="none",
        read_only=True,
        volumes={folder: {"bind": "/run/database", "mode": "rw"}},
        environment={"ALLCLOSE_DATABASE_URL": f"{name}?host=/run/database", "ALLCLOSE_WORKERS": "0"},
    )
    try:
        deadline = time.monotonic() + 120
        while container.attrs["State"]["Health"]["Status"] != "healthy" and time.monotonic() < deadline:
            time.sleep(1)
            container.reload()
        assert container.attrs["State"]["Health"]["Status"] == "healthy", container.logs().decode()[-2000:]
        container.stop(timeout=60)
        assert container.wait()["StatusCode"] == 0
    finally:
        container.remove(force=True, v=True)
        cluster.drop(address)
