"""The images that the Docker backend's tests run in, made where they are missing: ``python -m tests.images``.

A Debian with Python is bootstrapped from packages unless ``ALLCLOSE_TEST_BASE`` names another base, libraries come from
wheels kept under ``.cache``, and the sandbox's image is built once for each state of the code; so is, with
``--service``, the service's own, and what it works with under Compose is made. Invariant: tests never run in an image
of other code.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

import docker
import docker.errors

from sandbox.docker import connect
from sandbox.jobs import SandboxUnavailable
from sandbox.walls import image

BASE = "allclose-base:bookworm"
#: PostgreSQL and HAProxy from Debian's packages, where the Compose file names published images.
_SERVICES = "allclose-services-test:bookworm"
#: Since when an ``env_file`` may be missing.
_COMPOSE = (2, 24)

_ROOT = Path(__file__).resolve().parent.parent
_LOCKS = [_ROOT / "sandbox/libraries" / name for name in ("core.lock", "learner.lock")]
_SERVICE_LOCKS = [_ROOT / "deploy" / name for name in ("service.lock", "build.lock")]
#: What the service's ``Dockerfile`` copies, beside wheels.
SERVICE_PARTS: Sequence[str] = (
    *("Dockerfile", "pyproject.toml", "README.md", "LICENSE", "deploy/service.lock", "deploy/build.lock"),
    *("app", "sandbox", "migrations", "problems"),
)
#: Python of Debian bookworm, whichever this test run is on.
_PYTHON = "3.11"


@functools.cache
def missing(name: str) -> str | None:
    """Why the tests cannot use ``name`` (``docker``, or another runtime of its daemon) here; None if they can."""
    try:
        client = connect()
    except SandboxUnavailable as error:
        return str(error)
    with contextlib.closing(client):
        if name != "docker" and name not in client.info()["Runtimes"]:
            return f"the Docker daemon has no runtime {name}"
        if not os.environ.get("ALLCLOSE_TEST_BASE") and not _present(client, BASE) and not shutil.which("mmdebstrap"):
            return f"there is no image {BASE}, and no mmdebstrap to make it"
    return None


@functools.cache
def missing_compose() -> str | None:
    """Why the tests cannot use Docker Compose here, where there is a daemon; None if they can."""
    try:
        said = subprocess.run(["docker", "compose", "version", "--short"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"'docker compose version' fails: {error}"
    version = tuple(int(part) for part in re.findall(r"\d+", said.stdout)[:2])
    if version < _COMPOSE:
        return f"Docker Compose {said.stdout.strip()} is older than 2.24"
    with contextlib.closing(connect()) as client:
        if not _present(client, _SERVICES) and not shutil.which("mmdebstrap"):
            return f"there is no image {_SERVICES}, and no mmdebstrap to make it"
        try:
            client.networks.create(f"allclose-test-{os.getpid()}", internal=True).remove()
        except docker.errors.APIError as error:
            return f"the Docker daemon can make no network: {error.explanation}"
    return None


@functools.cache
def sandbox_image() -> str:
    """The tag of an image of this code; made if it is missing.

    Raises:
        SandboxUnavailable: the daemon does not answer.
        image.BuildFailed: the image cannot be built.
        subprocess.CalledProcessError: Debian's or Python's packages cannot be had.
    """
    tag = f"allclose-sandbox-test:{image.code_hash()[:12]}"
    with contextlib.closing(connect()) as client:
        try:
            image.check(client, tag)
        except SandboxUnavailable:
            image.build(client, tag, image.Recipe(base_image(client), wheels(_LOCKS)), progress=_silent)
    return tag


@functools.cache
def service_image() -> str:
    """The tag of the service's image of this code; made if it is missing, without a network.

    Raises:
        SandboxUnavailable: the daemon does not answer.
        docker.errors.DockerException: the image cannot be built.
        subprocess.CalledProcessError: Debian's or Python's packages cannot be had.
    """
    files = service_files()
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\0{len(content)}\0".encode() + content)
    tag = f"allclose-service-test:{digest.hexdigest()[:12]}"
    with contextlib.closing(connect()) as client, tempfile.TemporaryFile() as context:
        if _present(client, tag):
            return tag
        libraries = wheels(_SERVICE_LOCKS)
        with tarfile.open(fileobj=context, mode="w") as archive:
            for path in files:
                archive.add(path, path.relative_to(_ROOT).as_posix())
            archive.add(libraries, "wheels")
        context.seek(0)
        said: list[str] = []
        for event in client.api.build(
            fileobj=context,
            custom_context=True,
            tag=tag,
            buildargs={"BASE": base_image(client), "PIP_NO_INDEX": "1"},
            network_mode="none",
            rm=True,
            forcerm=True,
            decode=True,
            timeout=3600,
        ):
            said = [*said, str(event.get("stream", ""))][-50:]
            if "error" in event:
                raise docker.errors.BuildError(f"{event['error']}\n{''.join(said)}", iter(()))
    return tag


def service_files() -> list[Path]:
    """Every file that the service's image is made of, in order."""
    found = (path for part in SERVICE_PARTS for path in ((_ROOT / part).rglob("*"), [_ROOT / part]))
    files = {path for paths in found for path in paths if path.is_file() and "__pycache__" not in path.parts}
    return sorted(files)


def base_image(client: docker.DockerClient) -> str:
    """The tag of an image with Python and ``venv``, bootstrapped from Debian's packages if it is missing."""
    if named := os.environ.get("ALLCLOSE_TEST_BASE"):
        return named
    return _bootstrapped(client, BASE, "python3,python3-venv")


@functools.cache
def services_image() -> str:
    """The tag of an image with PostgreSQL and HAProxy, bootstrapped from Debian's packages if it is missing."""
    with contextlib.closing(connect()) as client:
        return _bootstrapped(client, _SERVICES, "postgresql,haproxy")


def _bootstrapped(client: docker.DockerClient, name: str, packages: str) -> str:
    if not _present(client, name):
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "base.tar"
            chosen = ["--quiet", "--variant=minbase", f"--include={packages}"]
            subprocess.run(["mmdebstrap", *chosen, "bookworm", archive], check=True)
            repository, _, tag = name.partition(":")
            client.api.import_image_from_file(str(archive), repository=repository, tag=tag)
    return name


def wheels(locks: Sequence[Path]) -> Path:
    """A folder with every library of some locks, downloaded once for each state of them."""
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    folder = _ROOT / ".cache/wheels" / digest[:12]
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as fresh:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
            command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--python-version", _PYTHON]
            requirements = [argument for lock in locks for argument in ("--requirement", str(lock))]
            subprocess.run([*command, *requirements, "--dest", f"{fresh}/wheels"], check=True)
            with contextlib.suppress(OSError):  # another run was faster
                Path(fresh, "wheels").rename(folder)
    return folder


def _present(client: docker.DockerClient, tag: str) -> bool:
    try:
        client.images.get(tag)
    except docker.errors.ImageNotFound:
        return False
    return True


def _silent(_line: str) -> None:
    """A build that works needs no words; one that fails says why."""


if __name__ == "__main__":
    made = [service_image(), services_image()] if "--service" in sys.argv[1:] else [sandbox_image()]
    sys.stdout.write(f"{' '.join(made)}\n")
