"""The Docker daemon fails, before and while attempts run: it is said clearly, attempts wait, and all heals by itself.

Daemons that die or run out of disk are private ones; the machine's own is only used.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import docker.errors
import pytest

from sandbox.docker import _owner as owner
from sandbox.docker import connect
from sandbox.walls.container import OWNER_LABEL
from sandbox.walls.image import CODE_LABEL
from tests.faults import submissions, victims
from tests.faults.conftest import Serve
from tests.faults.engine import Engine, require_engine
from tests.faults.service import StartFailed

KINDS = {kind.name: kind for kind in submissions.KINDS}
RIGHT = KINDS["right"].source(1)

#: How long a container may outlive its service: the zygote ends with its input, and the daemon removes it.
_ORPHAN_SECONDS = 20.0


@pytest.fixture
def host() -> Iterator[docker.DockerClient]:
    """A client of the machine's daemon."""
    with contextlib.closing(connect()) as client:
        yield client


def eventually(true: Callable[[], bool], seconds: float = 60.0) -> float:
    """Wait until something is true; how long that took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() < begun + seconds
        time.sleep(0.05)
    return time.monotonic() - begun


def refusal(serve: Serve, **settings: str) -> str:
    """What a service that does not start says."""
    with pytest.raises(StartFailed) as caught:
        serve(**settings).start()
    return str(caught.value)


def test_a_dead_daemon_at_start_is_told_with_what_to_do(serve: Serve, tmp_path: Path) -> None:
    """An operator would read a traceback of a library."""
    address = f"unix://{tmp_path}/nobody.sock"
    told = refusal(serve, ALLCLOSE_SANDBOX="docker", DOCKER_HOST=address)
    assert f"No Docker daemon answers at {address}" in told
    assert "systemctl start docker" in told
    assert "Traceback" not in told


def test_a_missing_image_is_told_with_what_to_do(serve: Serve, docker_settings: dict[str, str]) -> None:
    """An operator would not know that there is something to build."""
    told = refusal(serve, **docker_settings | {"ALLCLOSE_DOCKER_IMAGE": "allclose-nothing:1"})
    assert "allclose-nothing:1" in told
    assert "allclose sandbox build" in told
    assert "Traceback" not in told


def test_an_image_of_other_code_is_refused(
    serve: Serve, image: str, docker_settings: dict[str, str], host: docker.DockerClient
) -> None:
    """Zygotes of another version would speak another protocol, or stand behind other walls."""
    tag = "allclose-sandbox-test:of-other-code"
    recipe = io.BytesIO(f"FROM {image}\nLABEL {CODE_LABEL}=other\n".encode())
    host.images.build(fileobj=recipe, tag=tag, rm=True)
    try:
        told = refusal(serve, **docker_settings | {"ALLCLOSE_DOCKER_IMAGE": tag})
    finally:
        host.images.remove(tag)
    assert "allclose sandbox build" in told
    assert "Traceback" not in told


@pytest.mark.exhaustive
def test_containers_of_a_killed_service_end_by_themselves(
    serve: Serve, docker_settings: dict[str, str], host: docker.DockerClient
) -> None:
    """Each crash of the service would leave gigabytes of warm containers running."""
    service = serve(**docker_settings)
    service.start()
    assert len(victims.containers(host, service.pid)) >= 2
    flying = service.submit(KINDS["loops"].source(1))
    eventually(lambda: service.client.get(f"/api/v1/attempts/{flying}").json()["state"] == "running")
    service.kill()
    eventually(lambda: not victims.containers(host, service.pid), _ORPHAN_SECONDS)
    service.start()
    assert service.wait(flying)["verdict"] == "time_limit"


def test_only_containers_of_dead_services_are_swept(
    serve: Serve, image: str, docker_settings: dict[str, str], host: docker.DockerClient
) -> None:
    """What a crash leaves would pile up, or one service would end another's slots."""
    one, other = serve(**docker_settings), serve(**docker_settings)
    one.start()
    other.start()
    mine = victims.containers(host, one.pid)
    label = host.api.inspect_container(victims.containers(host, other.pid)[0])["Config"]["Labels"][OWNER_LABEL]
    left = host.api.create_container(image, labels={OWNER_LABEL: label})["Id"]
    living = host.api.create_container(image, labels={OWNER_LABEL: owner()})["Id"]
    try:
        other.kill()
        other.start()
        assert not _exists(host, left)
        assert _exists(host, living)
        assert set(victims.containers(host, one.pid)) >= set(mine)
        assert one.wait(one.submit(RIGHT))["tries"] == 1
        assert other.wait(other.submit(RIGHT))["verdict"] == "accepted"
    finally:
        for made in (left, living):
            with contextlib.suppress(docker.errors.NotFound):
                host.api.remove_container(made, force=True)


@pytest.mark.exhaustive
def test_a_daemon_that_dies_while_nothing_runs(serve: Serve, engine: Engine, docker_settings: dict[str, str]) -> None:
    """A load balancer would send learners to a service that can judge nothing, and they would lose their attempts."""
    service = serve(**docker_settings, **engine.environment)
    service.start()
    engine.kill()
    told = service.wait_until_ready(503)
    assert "attempts wait" in told
    waiting = service.submit(RIGHT)
    time.sleep(3)
    state = service.client.get(f"/api/v1/attempts/{waiting}").json()
    assert (state["state"], state["tries"]) == ("queued", 0)
    engine.start()
    service.wait_until_ready()
    ended = service.wait(waiting)
    assert (ended["verdict"], ended["tries"]) == ("accepted", 1)
    with contextlib.closing(engine.client()) as client:
        assert service.wait(service.submit(RIGHT))["verdict"] == "accepted"
        service.stop()
        eventually(lambda: not client.api.containers(all=True))


@pytest.mark.exhaustive
def test_a_daemon_that_dies_while_an_attempt_runs(
    serve: Serve, engine: Engine, docker_settings: dict[str, str]
) -> None:
    """Its learner would be blamed for the end of a container."""
    service = serve(**docker_settings, **engine.environment)
    service.start()
    flying = service.submit(KINDS["loops"].source(2))
    eventually(lambda: service.client.get(f"/api/v1/attempts/{flying}").json()["state"] == "running")
    engine.kill()
    service.wait_until_ready(503)
    assert service.client.get(f"/api/v1/attempts/{flying}").json()["state"] == "queued"
    engine.start()
    service.wait_until_ready()
    ended = service.wait(flying)
    assert (ended["verdict"], ended["tries"]) == ("time_limit", 2)


@pytest.mark.exhaustive
def test_a_full_disk_is_our_fault_and_heals(serve: Serve, image: str, docker_settings: dict[str, str]) -> None:
    """Learners would be blamed for a container that could not be made, or the service would need a restart."""
    require_engine()
    folder = Path(tempfile.mkdtemp(prefix="allclose-"))
    data = folder / "docker"
    data.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3g", "allclose-test", data], check=True)
    engine = Engine(folder, data)
    try:
        engine.start()
        engine.load(image)
        service = serve(**docker_settings, **engine.environment)
        service.start()
        # What removed containers free is taken as well: it would do for new ones.
        with _kept_full(data / "ballast"), contextlib.closing(engine.client()) as client:
            for victim in victims.of_kind("zygote", service.pid, client):
                victims.kill(victim)
            eventually(lambda: "no space left on device" in service.ready()[1])
        assert service.ready()[0] == 503
        waiting = service.submit(RIGHT)
        refused = refusal(serve, **docker_settings, **engine.environment)
        assert "no space left on device" in refused
        assert "Traceback" not in refused
        (data / "ballast").unlink()
        service.wait_until_ready()
        ended = service.wait(waiting)
        assert (ended["verdict"], ended["tries"]) == ("accepted", 1)
        service.stop()
    finally:
        engine.close()


@contextlib.contextmanager
def _kept_full(path: Path) -> Iterator[None]:
    """Have no room on the disk, whatever is removed from it."""
    ended = threading.Event()

    def fill() -> None:
        with path.open("wb", buffering=0) as ballast:
            while not ended.wait(0.005):
                for size in (1 << 20, 1 << 12, 1):
                    with contextlib.suppress(OSError):
                        while ballast.write(bytes(size)):
                            pass

    filling = threading.Thread(target=fill)
    filling.start()
    eventually(lambda: not shutil.disk_usage(path.parent).free)
    try:
        yield
    finally:
        ended.set()
        filling.join()


def _exists(client: docker.DockerClient, container: str) -> bool:
    return container in {found["Id"] for found in client.api.containers(all=True)}
