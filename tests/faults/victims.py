"""What a test may kill: processes below a service that it started, and that service's containers.

Invariant: nothing is killed that is not a descendant of the given process or a container labelled as its own, and a
process number that has been given to another process meanwhile is never hit.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import docker
import docker.errors

from sandbox.walls.container import OWNER_LABEL

#: Kinds of victims below a service. ``outer`` is what builds a local slot's outer wall.
CHILDREN = ("trace", "vet", "evaluate")
PROCESSES = (*CHILDREN, "zygote", "outer")

_ZYGOTE = "sandbox.inside.zygote"


@dataclass(frozen=True)
class Process:
    """One process as ``/proc`` shows it."""

    number: int
    parent: int
    started: str
    name: str
    words: tuple[str, ...]

    @property
    def zygote(self) -> bool:
        """Whether it is a zygote or was forked from one."""
        return "python" in Path(self.words[0]).name and self.words[-2:] == ("-m", _ZYGOTE)


def processes() -> dict[int, Process]:
    """Every process that can be seen, by number."""
    found = (_read(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return {process.number: process for process in found if process is not None}


def below(root: int, everything: dict[int, Process]) -> Iterator[Process]:
    """Descendants of ``root``."""
    for process in everything.values():
        parent = process.parent
        while parent in everything and parent != root:
            parent = everything[parent].parent
        if parent == root:
            yield process


def of_kind(kind: str, service: int, client: docker.DockerClient | None = None) -> list[Process]:
    """Processes of one of the kinds ``PROCESSES`` that work for ``service``; oldest first."""
    everything = processes()
    found = [*below(service, everything)]
    if client is not None:
        found += inside(client, containers(client, service), everything)
    return sorted((process for process in found if _is(kind, process, everything)), key=lambda one: int(one.started))


def inside(client: docker.DockerClient, names: Iterable[str], everything: dict[int, Process]) -> Iterator[Process]:
    """Processes in containers."""
    for container in names:
        with suppress(docker.errors.DockerException):
            first = client.api.inspect_container(container)["State"]["Pid"]
            if first in everything:
                yield everything[first]
                yield from below(first, everything)


def containers(client: docker.DockerClient, service: int) -> list[str]:
    """Ids of the containers that ``service`` owns."""
    listed = client.api.containers(all=True, filters={"label": OWNER_LABEL})
    return [found["Id"] for found in listed if found["Labels"][OWNER_LABEL].split("/")[-2] == str(service)]


def kill(victim: Process) -> bool:
    """SIGKILL, unless it has ended; whether it was sent."""
    try:
        descriptor = os.pidfd_open(victim.number)
    except ProcessLookupError:
        return False
    try:
        now = _read(victim.number)
        if now is None or now.started != victim.started:
            return False
        signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    except ProcessLookupError:
        return False
    finally:
        os.close(descriptor)
    return True


def _is(kind: str, process: Process, everything: dict[int, Process]) -> bool:
    parent = everything.get(process.parent)
    forked = parent is not None and parent.zygote
    if kind == "zygote":
        return process.zygote and not forked
    if kind == "outer":
        return not process.zygote and _ZYGOTE in process.words
    return process.zygote and forked and process.name == kind


def _read(number: int) -> Process | None:
    folder = Path(f"/proc/{number}")
    try:
        start, _, rest = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")
        words = (folder / "cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return None
    fields = rest.split()
    if fields[0] == "Z":
        return None
    return Process(number, int(fields[1]), fields[19], start.partition("(")[2], tuple(words))
