"""The Compose file, brought up as its first lines say: an attempt travels from the server through a worker and back.

What it takes from published images, PostgreSQL and HAProxy, comes from Debian's packages here; all else is as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
import yaml

from app.settings import SHIPPED_PROBLEMS
from sandbox.walls.container import OWNER_LABEL
from tests import images
from tests.conftest import require

ROOT = Path(__file__).resolve().parents[2]
#: The one problem that is there, so that it is published at once.
SLUG = "mean_batch_gradient"
#: Seconds that anything may take on a machine with other things to do.
PATIENCE = 200


@dataclass(frozen=True)
class Project:
    """A copy of the Compose file in ``folder``, with the settings of a test beside it."""

    name: str
    folder: Path
    environment: dict[str, str]

    def call(self, *arguments: str) -> str:
        """What a command of Compose prints; fails with what it says if it fails."""
        files = ["--file", "docker-compose.yml", "--file", "here.yml"]
        command = ["docker", "compose", "--project-name", self.name, *files, *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def until(self, happens: Callable[[], bool]) -> None:
        """Wait until something happens; what the services wrote if it does not."""
        deadline = time.monotonic() + PATIENCE
        while not happens():
            assert time.monotonic() < deadline, self.call("logs", "--no-color", "--tail", "20")
            time.sleep(0.5)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two workers, a server and PostgreSQL, running; nothing of them is left afterwards."""
    require("docker")
    require("compose")
    services = images.services_image()
    socket = os.environ.get("DOCKER_HOST", "").removeprefix("unix://") or "/var/run/docker.sock"
    environment = {"ALLCLOSE_IMAGE": images.service_image(), "DOCKER_SOCKET": socket, "PUBLISHED": "127.0.0.1:"}
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    shutil.copytree(ROOT / "deploy/docker", tmp_path / "deploy/docker")
    shutil.copy(Path(__file__).with_name("postgres.sh"), tmp_path)
    example = (tmp_path / "deploy/docker/database.example.env").read_text(encoding="utf-8")
    chosen = example.replace("POSTGRES_PASSWORD=\n", "POSTGRES_PASSWORD=chosen\n").replace(
        "THE-SAME-PASSWORD", "chosen"
    )
    (tmp_path / "deploy/docker/database.env").write_text(chosen, encoding="utf-8")
    one_problem = {
        "volumes": [f"{SHIPPED_PROBLEMS / SLUG}:/run/problems/{SLUG}:ro"],
        "environment": {"ALLCLOSE_PROBLEMS_DIR": "/run/problems", "ALLCLOSE_DOCKER_IMAGE": images.sandbox_image()},
    }
    postgres = {"image": services, "command": ["sh", "/start.sh"], "volumes": ["./postgres.sh:/start.sh:ro"]}
    haproxy = {"image": services, "command": ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]}
    changed = {"services": {"api": one_problem, "worker": one_problem, "postgres": postgres, "docker-filter": haproxy}}
    (tmp_path / "here.yml").write_text(yaml.safe_dump(changed), encoding="utf-8")
    made = Project(f"allclose-{uuid.uuid4().hex[:12]}", tmp_path, os.environ | environment)
    try:
        yield made
    finally:
        made.call("down", "--volumes", "--remove-orphans")


@pytest.mark.timeout(1800)
def test_an_attempt_is_judged_by_what_compose_starts(project: Project) -> None:
    """Whoever follows the file's first lines would have a service that takes attempts and judges none."""
    before = _sandboxes()
    project.call("up", "--detach", "--scale", "worker=2")
    with httpx2.Client(timeout=60) as client:

        def ready() -> bool:
            client.base_url = f"http://{project.call('port', 'api', '8000').strip()}"
            try:
                told = client.get("/readyz").json()
            except httpx2.TransportError:
                return False
            return (told.get("workers"), told.get("problems")) == (2, 1)

        project.until(ready)
        token = re.search(r"allc_[\w-]{43}", project.call("logs", "--no-color", "api"))
        assert token is not None
        client.headers["Authorization"] = f"Bearer {token[0]}"
        source = (SHIPPED_PROBLEMS / SLUG / "reference.py").read_text(encoding="utf-8")
        taken = client.post("/api/v1/attempts", json={"problem": SLUG, "source": source})
        assert taken.status_code == 202, taken.text
        project.until(lambda: client.get(taken.headers["Location"]).json()["state"] == "done")
        told = client.get(taken.headers["Location"]).json()
        assert told["verdict"] == "accepted", told
    project.call("stop")
    states = project.call("ps", "--all", "--format", "{{.Service}} {{.ExitCode}}").split("\n")
    assert sorted(state for state in states if state.startswith(("api", "worker"))) == ["api 0", "worker 0", "worker 0"]
    assert _sandboxes() <= before, "workers left containers behind"


def _sandboxes() -> set[str]:
    """Ids of the containers that learners' code runs in."""
    listing = ["docker", "ps", "--all", "--quiet", "--filter", f"label={OWNER_LABEL}"]
    return set(subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split())
