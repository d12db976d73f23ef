"""What only the Docker backend has: containers, their daemon, and what a killed service leaves of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import docker
import pytest

from sandbox import docker as backend
from sandbox.docker import DockerSandbox
from sandbox.jobs import SandboxUnavailable
from sandbox.walls.container import OWNER_LABEL
from tests import images
from tests.conftest import require
from tests.sandbox.jobs import GOOD, assert_healthy, grade


@pytest.fixture
def client() -> Iterator[docker.DockerClient]:
    require("docker")
    made = backend.connect()
    yield made
    made.close()


def containers(client: docker.DockerClient, owner: str) -> set[str]:
    """Containers, running or not, whose owner is the process ``owner``."""
    found = client.api.containers(all=True, filters={"label": OWNER_LABEL})
    return {one["Id"] for one in found if one["Labels"][OWNER_LABEL].split("/")[2] == owner}


def own(client: docker.DockerClient) -> set[str]:
    return containers(client, str(os.getpid()))


def test_a_container_has_every_hardening(client: docker.DockerClient) -> None:
    """A flag forgotten in a rewrite would open a wall that no behaviour shows."""
    sandbox = DockerSandbox(images.sandbox_image())
    try:
        seen = [client.api.inspect_container(one) for one in own(client)]
        assert len(seen) == 2
        for container in seen:
            host, config = container["HostConfig"], container["Config"]
            assert (host["NetworkMode"], host["IpcMode"], host["PidMode"]) == ("none", "none", "")
            assert (host["ReadonlyRootfs"], host["Privileged"], host["CapDrop"]) == (True, False, ["ALL"])
            assert not host["CapAdd"]
            assert not host["Binds"]
            assert not container["Mounts"]
            assert not host["Devices"]
            assert "no-new-privileges:true" in host["SecurityOpt"]
            assert any(option.startswith("seccomp={") for option in host["SecurityOpt"])
            assert host["Memory"] == host["MemorySwap"] > 0
            assert 0 < host["PidsLimit"] <= 1024
            assert host["NanoCpus"] > 0
            assert host["LogConfig"]["Type"] == "none"
            assert host["AutoRemove"]
            assert int(config["User"].partition(":")[0]) > 65536
        users = {container["Config"]["User"] for container in seen}
        assert len(users) == 2, "each slot has a user of its own"
    finally:
        sandbox.close()


def wait_until_none(client: docker.DockerClient, owner: str) -> None:
    """Removal is the daemon's work, and it may be busy with it for a moment."""
    deadline = time.monotonic() + 20
    while containers(client, owner) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not containers(client, owner)


def test_closing_removes_the_containers(client: docker.DockerClient) -> None:
    """Every restart of a service would leave containers behind."""
    sandbox = DockerSandbox(images.sandbox_image())
    assert own(client)
    sandbox.close()
    wait_until_none(client, str(os.getpid()))


def test_single_use_containers_serve_one_submission(client: docker.DockerClient) -> None:
    """In an exam, what one submission found out about its container would help the next."""
    sandbox = DockerSandbox(images.sandbox_image(), slots="single-use")
    try:
        first = own(client)
        grade(sandbox, GOOD)
        assert_healthy(sandbox)
        assert not own(client) & first
    finally:
        sandbox.close()


def test_warm_containers_serve_many(client: docker.DockerClient) -> None:
    """A start of a container for each submission would cost a second each."""
    sandbox = DockerSandbox(images.sandbox_image())
    try:
        first = own(client)
        for _ in range(3):
            assert_healthy(sandbox)
        assert own(client) == first
    finally:
        sandbox.close()


def test_a_killed_container_is_replaced(client: docker.DockerClient) -> None:
    """An operator who tidies up, or the kernel, would stop the service for good."""
    sandbox = DockerSandbox(images.sandbox_image())
    try:
        for one in own(client):
            client.api.kill(one)
        assert_healthy(sandbox)
    finally:
        sandbox.close()


_SERVICE = """
import sys, time
from sandbox.docker import DockerSandbox
sandbox = DockerSandbox(sys.argv[1])
print("up", flush=True)
time.sleep(600)
"""


def test_containers_of_a_killed_service_end(client: docker.DockerClient) -> None:
    """Each crash would leave containers that hold memory until somebody looks."""
    command = [sys.executable, "-c", _SERVICE, images.sandbox_image()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == "up\n"
        assert len(containers(client, str(service.pid))) == 2
        assert backend.sweep(client) == 0, "it lives, so its containers are left alone"
        service.kill()
    wait_until_none(client, str(service.pid))  # they end with their input, and remove themselves


def test_the_sweep_removes_what_nobody_owns(client: docker.DockerClient) -> None:
    """A container that was made and never started would stay for ever."""
    here, _, _ = backend._owner().rpartition("/")[0].rpartition("/")
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    made = client.api.create_container(images.sandbox_image(), labels={OWNER_LABEL: f"{here}/{gone.pid}/1"})
    assert backend.sweep(client) >= 1
    with pytest.raises(docker.errors.NotFound):
        client.api.inspect_container(made["Id"])


def test_a_missing_daemon_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator would see an exception of the SDK."""
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    with pytest.raises(SandboxUnavailable, match="No Docker daemon answers at unix:///nowhere"):
        DockerSandbox("any")


def test_a_daemon_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attached streams to another machine end when its network hiccups."""
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:2375")
    with pytest.raises(SandboxUnavailable, match="run a worker on the machine of the daemon"):
        DockerSandbox("any")


def test_a_missing_image_is_named(client: docker.DockerClient) -> None:
    """The first thing an operator forgets is to build it."""
    with pytest.raises(SandboxUnavailable, match="run `allclose sandbox build`"):
        DockerSandbox("allclose-sandbox:never-built")


def test_a_missing_runtime_is_named(client: docker.DockerClient) -> None:
    """The daemon's own words come only when the first container starts."""
    with pytest.raises(SandboxUnavailable, match="no runtime 'kata'"):
        DockerSandbox(images.sandbox_image(), runtime="kata")
