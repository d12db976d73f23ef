"""The sandbox's image: what goes into it, how it is built, and whether one that exists is this code's own.

Invariant: an image carries the hash of every file of ours that it was made of, and none is used whose hash is another;
what a build depends on is in its context, byte for byte the same for the same files.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Literal

import docker
import docker.errors
import requests
import urllib3.exceptions

from sandbox.jobs import SandboxUnavailable

Accelerator = Literal["none", "cuda13"]

DEFAULT_BASE: Final = "python:3.11-slim-bookworm"
#: Labels of an image: the version of allclose, the hash of what it was made of, the accelerator it has libraries for.
VERSION_LABEL: Final = "allclose.version"
CODE_LABEL: Final = "allclose.code"
ACCELERATOR_LABEL: Final = "allclose.accelerator"

#: What a child of the zygote may read inside: the interpreter, its libraries and our code. See ``sandbox/Dockerfile``.
READABLE: Final = (
    "/opt/allclose",
    *("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/proc/cpuinfo", "/sys/devices/system/cpu/possible", "/sys/devices/system/cpu/present"),
)

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARIES = _PACKAGE / "libraries"
#: The part of this package that runs inside.
_INSIDE = ("__init__.py", "arrays.py", "entries.py", "frames.py", "operations.py", "tree.py", "inside/*.py")
_LOCKS: dict[Accelerator, str] = {"none": "core.lock", "cuda13": "core-cuda13.lock"}
_LEARNER_LOCK = "learner.lock"
#: Lines of a failed step's output that are worth showing.
_LAST_LINES = 15
_LONGEST_LINE = 300
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_BUILD_SECONDS = 3600
_FAULTS = (
    docker.errors.DockerException,
    docker.errors.StreamParseError,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
)


class BuildFailed(RuntimeError):
    """The image could not be built; the text says what to do."""


@dataclass(frozen=True)
class Recipe:
    """What an operator can choose about an image.

    Attributes:
        base: image with a Python that has ``venv``; the daemon pulls it if it lacks it.
        wheels: folder that every library is taken from, without a network; None lets pip ask its index.
        libraries: requirements file of learner libraries instead of our list; the core's versions stay ours.
        accelerator: whose libraries JAX gets beside the processor's.
    """

    base: str = DEFAULT_BASE
    wheels: Path | None = None
    libraries: Path | None = None
    accelerator: Accelerator = "none"


def default_tag() -> str:
    """The name that images of this version have unless the operator chooses another."""
    return f"allclose-sandbox:{importlib.metadata.version('allclose')}"


def code_hash() -> str:
    """SHA-256, in hex, over every file of ours that an image is made of: names, lengths and contents in order."""
    digest = hashlib.sha256()
    for name, path in _own_files():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def check(client: docker.DockerClient, tag: str, *, gpu: bool = False) -> None:
    """Make sure that ``tag`` is there, was built from this code, and can use a GPU if it must.

    Raises:
        SandboxUnavailable: it is not, or the daemon does not answer; the text says what to do.
    """
    try:
        labels = client.images.get(tag).labels or {}
    except docker.errors.ImageNotFound as error:
        raise SandboxUnavailable(f"There is no image {tag}: run `allclose sandbox build`.") from error
    except _FAULTS as error:
        raise SandboxUnavailable(f"The Docker daemon could not look for the image {tag}: {error}") from error
    if labels.get(CODE_LABEL) != code_hash():
        made = labels.get(VERSION_LABEL)
        origin = f"was built from other code than this (version {made})" if made else "is not an image of ours"
        raise SandboxUnavailable(f"The image {tag} {origin}: run `allclose sandbox build`.")
    if gpu and labels.get(ACCELERATOR_LABEL, "none") == "none":
        raise SandboxUnavailable(
            f"The image {tag} has no libraries for GPUs: run `allclose sandbox build --accelerator cuda13`, or unset "
            "ALLCLOSE_GPUS."
        )


def build(
    client: docker.DockerClient, tag: str, recipe: Recipe = Recipe(), progress: Callable[[str], None] = print
) -> str:
    """Build an image and name it ``tag``; if this fails, the last one of that name stays.

    Args:
        client: a connected client.
        tag: name of the new image.
        recipe: what the operator chose.
        progress: called with each line of the build as it comes, without its newline.

    Returns:
        The image's id, ``sha256:...``.

    Raises:
        BuildFailed: it could not be built.
        OSError: a file of the recipe cannot be read.
    """
    labels = {
        VERSION_LABEL: importlib.metadata.version("allclose"),
        CODE_LABEL: code_hash(),
        ACCELERATOR_LABEL: recipe.accelerator,
    }
    log = _Log(recipe, progress)
    with tempfile.TemporaryFile() as context:
        write_context(context, recipe)
        context.seek(0)
        try:
            for event in client.api.build(
                fileobj=context,
                custom_context=True,
                tag=tag,
                labels=labels,
                buildargs={"BASE": recipe.base, **({"PIP_NO_INDEX": "1"} if recipe.wheels else {})},
                network_mode="none" if recipe.wheels else None,
                rm=True,
                forcerm=True,
                decode=True,
                timeout=_BUILD_SECONDS,
                use_config_proxy=recipe.wheels is None,
            ):
                log.follow(event)
        except _FAULTS as error:
            raise BuildFailed(log.advice(str(error))) from error
    if log.built is None:
        raise BuildFailed(log.advice("the daemon ended it early"))
    return log.built


class _Log:
    """What a build has said so far."""

    def __init__(self, recipe: Recipe, progress: Callable[[str], None]) -> None:
        self._recipe = recipe
        self._progress = progress
        #: The running step's line, and the last lines of its output.
        self._step = ""
        self._output: list[str] = []
        #: Id of the finished image.
        self.built: str | None = None

    def follow(self, event: dict[str, Any]) -> None:
        """Pass on one event; a failure ends the build."""
        if "error" in event:
            raise BuildFailed(self.advice(str(event["error"])))
        self.built = event.get("aux", {}).get("ID", self.built)
        for line in _ESCAPES.sub("", str(event.get("stream", ""))).splitlines():
            short = line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} ..."
            if line.startswith("Step "):
                self._step, self._output = short, []
            elif line.strip() and not line.startswith((" --->", "Removing intermediate container")):
                self._output = [*self._output, short][-_LAST_LINES:]
            if line.strip():
                self._progress(short)
        if "status" in event and not event.get("progress"):
            self._progress(f"{event.get('id', '')} {event['status']}".strip())

    def advice(self, error: str) -> str:
        """What went wrong and what to do about it."""
        output = "\n".join(self._output)
        everything = f"{error}\n{output}".lower()
        error = error if len(error) <= _LONGEST_LINE else f"{error[:_LONGEST_LINE]} ..."
        if "no space left" in everything:
            return "The disk of the Docker daemon is full: `docker system df` says what fills it."
        if " : FROM ${BASE}" in self._step:
            return (
                f"The base image {self._recipe.base} cannot be had: {error}\n"
                "Load or pull it, or name another one with Python 3.11 and its venv: --base IMAGE."
            )
        if "no matching distribution" in everything:
            wheels = self._recipe.wheels
            where = f"in {wheels}" if wheels else "where pip looks; without a network, give a folder: --wheels DIR"
            return f"A library is missing {where}.\n{output}"
        return "\n".join(line for line in (f"The build failed: {error}", self._step, output) if line)


def write_context(file: IO[bytes], recipe: Recipe) -> None:
    """Write what the daemon needs for ``recipe`` as a tar archive: same files, same bytes.

    Raises:
        OSError: a file of the recipe cannot be read.
    """
    core = _LIBRARIES / _LOCKS[recipe.accelerator]
    learner = recipe.libraries or _LIBRARIES / _LEARNER_LOCK
    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as archive:
        _add(archive, "Dockerfile", (_PACKAGE / "Dockerfile").read_bytes())
        _add(archive, "libraries/core.lock", core.read_bytes())
        _add(archive, "libraries/learner.txt", learner.read_bytes())
        _add(archive, "libraries/constraints.txt", _constraints(core.read_text(encoding="utf-8")).encode())
        for path in _inside():
            _add(archive, f"sandbox/{path.relative_to(_PACKAGE).as_posix()}", path.read_bytes())
        _add(archive, "wheels/.keep", b"")  # the folder must be there, also empty
        for path in sorted(recipe.wheels.glob("*.whl")) if recipe.wheels else ():
            with path.open("rb") as wheel:
                archive.addfile(_entry(f"wheels/{path.name}", path.stat().st_size), wheel)


def _constraints(lock: str) -> str:
    """The versions of a lock without its hashes, for requirements that may have none."""
    return "".join(f"{line.split()[0]}\n" for line in lock.splitlines() if "==" in line.partition(";")[0])


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    archive.addfile(_entry(name, len(content)), io.BytesIO(content))


def _entry(name: str, size: int) -> tarfile.TarInfo:
    """A header that says nothing of the machine it was written on: owner root, time 0."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o644
    return entry


def _inside() -> list[Path]:
    return sorted(path for pattern in _INSIDE for path in _PACKAGE.glob(pattern))


def _own_files() -> Iterator[tuple[str, Path]]:
    """Name and place of every file of ours that an image is made of."""
    locks = [_LIBRARIES / name for name in sorted({*_LOCKS.values(), _LEARNER_LOCK})]
    for path in (_PACKAGE / "Dockerfile", *locks, *_inside()):
        yield path.relative_to(_PACKAGE).as_posix(), path
