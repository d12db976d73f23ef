"""The service's image, where there is a Docker daemon: it serves, tells its health, and stops as it is told."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Any

import docker
import pytest
from docker.models.containers import Container

from app.settings import SHIPPED_PROBLEMS
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
        while (health := _health(container)) != "healthy" and time.monotonic() < deadline:
            time.sleep(1)
        assert health == "healthy", container.logs().decode()[-2000:]
        container.stop(timeout=60)
        assert container.wait()["StatusCode"] == 0
    finally:
        container.remove(force=True, v=True)
        cluster.drop(address)


def _health(container: Container) -> str:
    container.reload()
    return str(container.attrs["State"].get("Health", {}).get("Status"))


#: The one problem that is there, so that it is published before a worker says that it works.
_SLUG = "mean_batch_gradient"

#: Run in the server's container, which has no network: submit a source, and wait for its verdict.
_SUBMIT = """
import http.client, json, sys, time

server = http.client.HTTPConnection("127.0.0.1", 8000, timeout=60)
headers = {"Authorization": f"Bearer {sys.argv[1]}", "Content-Type": "application/json"}
body = {"problem": sys.argv[2], "source": sys.argv[3]}
server.request("POST", "/api/v1/attempts", json.dumps(body), headers)
answer = server.getresponse()
told = json.loads(answer.read())
assert answer.status == 202, told
for _ in range(600):
    server.request("GET", answer.headers["Location"], headers=headers)
    told = json.loads(server.getresponse().read())
    if told["state"] == "done":
        break
    time.sleep(0.2)
print(told["verdict"], told["message"])
"""


def test_an_attempt_travels_from_a_server_to_one_of_two_workers(
    daemon: docker.DockerClient, tag: str, cluster: Cluster
) -> None:
    """The image would take attempts, and never judge one."""
    sandbox = images.sandbox_image()
    address = cluster.new()
    name, _, folder = address.partition("?host=")
    socket = os.environ.get("DOCKER_HOST", "").removeprefix("unix://")
    volumes = {folder: {"bind": "/run/database", "mode": "rw"}}
    volumes |= {str(SHIPPED_PROBLEMS / _SLUG): {"bind": f"/run/problems/{_SLUG}", "mode": "ro"}}
    common = {"ALLCLOSE_DATABASE_URL": f"{name}?host=/run/database", "ALLCLOSE_PROBLEMS_DIR": "/run/problems"}

    def start(**options: Any) -> Container:
        made = daemon.containers.run(tag, detach=True, network_mode="none", read_only=True, **options)
        assert isinstance(made, Container)
        return made

    docker_socket = {socket or "/var/run/docker.sock": {"bind": "/run/docker.sock", "mode": "rw"}}
    judging = {**common, "ALLCLOSE_SANDBOX": "docker", "ALLCLOSE_DOCKER_IMAGE": sandbox}
    judging |= {"DOCKER_HOST": "unix:///run/docker.sock", "ALLCLOSE_WEBHOOK_SENDERS": "0"}
    started: list[Container] = []
    try:
        started.append(start(volumes=volumes, environment={**common, "ALLCLOSE_WORKERS": "0"}))
        for _ in range(2):  # as root, whom the socket is for
            worker = start(
                command=["worker", "--slots", "1"], volumes=volumes | docker_socket, environment=judging, user="0"
            )
            started.append(worker)
        server = started[0]
        _until(partial(_says, server, b"API token"), server)
        token = re.search(rb"allc_[\w-]{43}", server.logs())
        assert token is not None
        for worker in started[1:]:
            _until(partial(_says, worker, b"allclose works"), worker)
        source = (SHIPPED_PROBLEMS / _SLUG / "reference.py").read_text(encoding="utf-8")
        told = server.exec_run(["python", "-c", _SUBMIT, token[0].decode(), _SLUG, source]).output
        assert isinstance(told, bytes)
        assert told.startswith(b"accepted"), told + started[1].logs()[-2000:]
        for container in started:
            container.stop(timeout=60)
            assert container.wait()["StatusCode"] == 0, container.logs().decode()[-2000:]
    finally:
        for container in started:
            container.remove(force=True, v=True)
        cluster.drop(address)


def _says(container: Container, what: bytes) -> bool:
    return what in container.logs()


def _until(happens: Callable[[], bool], container: Container) -> None:
    """Wait until something happens; what the container wrote if it does not."""
    deadline = time.monotonic() + 240
    while not happens():
        assert time.monotonic() < deadline, container.logs().decode()[-3000:]
        time.sleep(0.5)
