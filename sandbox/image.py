"""The sandbox's image: what goes into it, how it is built, and whether one that exists is this code's own.

Invariant: an image carries the hash of every file of ours that it was made of, and none is used whose hash is another;
what a build depends on is in its context, byte for byte the same for the same files.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Literal

import docker
import docker.errors
import requests

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

_PACKAGE = Path(__file__).resolve().parent
_LIBRARIES = _PACKAGE / "libraries"
#: The part of this package that runs inside.
_INSIDE = ("__init__.py", "arrays.py", "frames.py", "tree.py", "inside/*.py")
_LOCKS: dict[Accelerator, str] = {"none": "core.lock", "cuda13": "core-cuda13.lock"}
_LEARNER_LOCK = "learner.lock"
#: Lines of a failed step's output that are worth showing.
_LAST_LINES = 15
_BUILD_SECONDS = 3600


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


def check(client: docker.DockerClient, tag: str) -> None:
    """Make sure that ``tag`` is there and was built from this code.

    Raises:
        SandboxUnavailable: it is not, or the daemon does not answer; the text says what to do.
    """
    try:
        labels = client.images.get(tag).labels or {}
    except docker.errors.ImageNotFound as error:
        raise SandboxUnavailable(f"There is no image {tag}: run `allclose sandbox build`.") from error
    except (docker.errors.DockerException, requests.RequestException) as error:
        raise SandboxUnavailable(f"The Docker daemon could not look for the image {tag}: {error}") from error
    if labels.get(CODE_LABEL) != code_hash():
        made = labels.get(VERSION_LABEL)
        origin = f"was built from other code than this (version {made})" if made else "is not an image of ours"
        raise SandboxUnavailable(f"The image {tag} {origin}: run `allclose sandbox build`.")


def build(
    client: docker.DockerClient, tag: str, recipe: Recipe = Recipe(), progress: Callable[[str], None] = print
) -> str:
    """Build an image and name it ``tag``; the last one of that name stays if this fails.

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
    with tempfile.TemporaryFile() as context:
        write_context(context, recipe)
        context.seek(0)
        last: list[str] = []
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
                _follow(event, recipe, last, progress)
            return str(client.images.get(tag).id)
        except (docker.errors.DockerException, requests.RequestException) as error:
            raise BuildFailed(_advice(str(error), recipe, last)) from error


def _follow(event: dict[str, Any], recipe: Recipe, last: list[str], progress: Callable[[str], None]) -> None:
    """Pass on one event of a build and keep its lines; a failure ends the build."""
    if "error" in event:
        raise BuildFailed(_advice(str(event["error"]), recipe, last))
    for line in str(event.get("stream", "")).splitlines():
        if line.strip():
            if line.startswith("Step "):
                last.clear()
            last[:] = [*last, line][-_LAST_LINES:]
            progress(line)
    if "status" in event and "progress" not in event:
        progress(f"{event.get('id', '')} {event['status']}".strip())


def _advice(error: str, recipe: Recipe, last: list[str]) -> str:
    """What went wrong and what to do about it."""
    lowered = "\n".join([error, *last]).lower()
    if "no space left" in lowered:
        return f"The disk of the Docker daemon is full: {error}. `docker system df` says what fills it."
    if any(line.startswith("Step ") and " : FROM ${BASE}" in line for line in last) or not last:
        return (
            f"The base image {recipe.base} cannot be had: {error}. "
            "Load or pull it, or name another one with a Python that has venv: --base IMAGE."
        )
    output = "\n".join(last)
    if "no matching distribution" in lowered or "could not find a version" in lowered:
        where = f"the folder {recipe.wheels}" if recipe.wheels else "what pip can reach (--wheels DIR needs no network)"
        return f"A library is missing in {where}:\n{output}"
    return f"A step of the build failed: {error}\n{output}"


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
