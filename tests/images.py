"""The images that the Docker backend's tests run in, made where they are missing: ``python -m tests.images``.

A Debian with Python is bootstrapped from packages unless ``ALLCLOSE_TEST_BASE`` names another base, libraries come from
wheels kept under ``.cache``, and the sandbox's image is built once for each state of the code. Invariant: tests never
run in an image of other code.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import docker
import docker.errors

from sandbox.docker import connect
from sandbox.jobs import SandboxUnavailable
from sandbox.walls import image

BASE = "allclose-base:bookworm"

_ROOT = Path(__file__).resolve().parent.parent
_LOCKS = [_ROOT / "sandbox/libraries" / name for name in ("core.lock", "learner.lock")]
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
            image.build(client, tag, image.Recipe(base_image(client), wheels()), progress=_silent)
    return tag


def base_image(client: docker.DockerClient) -> str:
    """The tag of an image with Python and ``venv``, bootstrapped from Debian's packages if it is missing."""
    if named := os.environ.get("ALLCLOSE_TEST_BASE"):
        return named
    if not _present(client, BASE):
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "base.tar"
            packages = "--include=python3,python3-venv"
            subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", packages, "bookworm", archive], check=True)
            repository, _, tag = BASE.partition(":")
            client.api.import_image_from_file(str(archive), repository=repository, tag=tag)
    return BASE


def wheels() -> Path:
    """A folder with every locked library, downloaded once for each state of the locks."""
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in _LOCKS)).hexdigest()
    folder = _ROOT / ".cache/wheels" / digest[:12]
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as fresh:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
            command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--python-version", _PYTHON]
            requirements = [argument for lock in _LOCKS for argument in ("--requirement", str(lock))]
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
    sys.stdout.write(f"{sandbox_image()}\n")
