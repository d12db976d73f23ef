"""Every hardening, one by one: its probe finds it, and finds something else once it is taken away.

Invariant: the two runs of a probe differ in that hardening alone; see ``registry``.
"""

from __future__ import annotations

import inspect
import json
import os
import platform
import re
import shutil
import socket
import struct
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sandbox.inside import landlock, seccomp, wall
from sandbox.inside.syscalls import NUMBERS
from sandbox.walls import cgroup, outer, profile
from sandbox.walls.container import hardening as container_hardening
from tests import images
from tests.conftest import require
from tests.hardening import slots
from tests.hardening.conftest import HARDENINGS, UNPROBED, Pair
from tests.hardening.registry import Backend, Change, Flag, Group, Hardening, Option, Rule
from tests.hardening.slots import USER, Place

_ALLOW = "SCMP_ACT_ALLOW"

Start = Callable[..., Place]


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    """Starts slots; the whole wall of each backend, ours and the production code's, is kept for all tests."""
    kept: dict[tuple[Backend, bool], Place] = {}

    def started(backend: Backend, changes: Sequence[Change] = (), *, production: bool = False) -> Place:
        if backend != "alone":
            require(backend)
        tag = images.sandbox_image() if backend == "docker" else ""
        if changes:
            return slots.start(backend, changes, tag=tag)
        if (backend, production) not in kept:
            kept[backend, production] = slots.start(backend, tag=tag, production=production)
        return kept[backend, production]

    yield started
    for place in kept.values():
        place.slot.close()


@pytest.fixture(scope="module")
def listening() -> Iterator[str]:
    """The abstract name of a socket of this process."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("")
        server.listen()
        yield server.getsockname()[1:].decode()


@contextmanager
def _host(listening: str) -> Iterator[dict[str, Any]]:
    """Facts of this machine, and a folder in which anybody may do anything."""
    folder = Path(tempfile.mkdtemp(prefix="allclose-hardening-"))
    try:
        folder.chmod(0o777)
        for name, content, mode in (("file", "content", 0o666), ("program", "no program", 0o777)):
            (folder / name).write_text(content, encoding="ascii")
            (folder / name).chmod(mode)
        (folder / "empty").mkdir()
        kinds = ("pid", "net", "ipc", "uts", "cgroup", "mnt", "user")
        links = {kind: os.readlink(f"/proc/self/ns/{kind}") for kind in kinds}  # noqa: PTH115 - no path it leads to
        yield {"namespaces": links, "folder": str(folder), "socket": listening, "user": USER}
    finally:
        shutil.rmtree(folder)


def _in_slot(change: Change) -> bool:
    """Whether a change is to the slot rather than to one child."""
    return not isinstance(change, str) or change in slots.ON_SLOT


def _skip_if_not_here(hardening: Hardening) -> None:
    if hardening.root is not None and hardening.root is not outer.is_root():
        pytest.skip("only a launcher that is root builds it" if hardening.root else "root has no need of it")
    if landlock.abi() < hardening.landlock:
        pytest.skip(f"the kernel's Landlock is older than version {hardening.landlock}")
    if any(isinstance(change, Group) for change in hardening.remove):
        made = cgroup.make(1 << 30, 64)
        if made is None:
            pytest.skip("no control group can be made here")
        made.remove()


def _marks(hardening: Hardening, backend: Backend) -> Sequence[pytest.MarkDecorator]:
    return (pytest.mark.exhaustive,) if hardening.alike and backend != "alone" else ()


def _parameters() -> list[object]:
    return [
        pytest.param(hardening, backend, id=f"{hardening.title}-{backend}", marks=_marks(hardening, backend))
        for hardening in HARDENINGS
        for backend in hardening.backends
    ]


@pytest.mark.parametrize(("hardening", "backend"), _parameters())
def test_a_hardening_holds_and_its_probe_fails_without_it(
    hardening: Hardening, backend: Backend, start: Start, listening: str, pairs: list[Pair]
) -> None:
    """A hardening could be gone without any test that fails, or a test could pass without it."""
    _skip_if_not_here(hardening)
    expected = json.loads(json.dumps(hardening.held))

    def found(changes: Sequence[Change], *, production: bool = False) -> object:
        slot_changes = [change for change in changes if _in_slot(change)]
        place = start(backend, slot_changes, production=production)
        try:
            with _host(listening) as facts:
                return place.ask(hardening.probe, changes, facts)
        finally:
            if slot_changes:
                place.slot.close()

    groups = [change for change in hardening.remove if isinstance(change, Group)]
    rest = [change for change in hardening.remove if not isinstance(change, Group)]
    held = found([*hardening.without, *groups])
    assert held == expected
    if not hardening.without and not groups:
        assert found((), production=True) == expected, "the production zygote differs from these tests' own"
    removed = found([*hardening.without, *rest])
    pairs.append(Pair(hardening, backend, str(held), str(removed)))
    assert removed != expected


def _removed(kind: type[Any]) -> list[Any]:
    return [change for hardening in HARDENINGS for change in hardening.remove if isinstance(change, kind)]


def test_every_flag_of_a_local_wall_has_an_entry() -> None:
    """A flag could be added that no probe looks for, and be lost again unnoticed."""
    view = slots._view(())
    entered = {change.words[0] for change in _removed(Flag)}
    told = {flag for unprobed in UNPROBED for flag in re.findall(r"--[a-z-]+", unprobed.name)}
    # What is no hardening: they say what exists inside, and what root's zygote keeps.
    content = {"--perms", "--dir", "--symlink", "--dev-bind", "--setenv", "--chdir", "--uid", "--gid", "--cap-add"}
    for tool in outer.available():
        command = outer.command(tool, view)
        flags = {word for word in command[: command.index("--")] if word.startswith("--")}
        assert flags - content - told <= entered


def test_every_option_of_a_container_has_an_entry() -> None:
    """An option could be added that no probe looks for, and be lost again unnoticed."""
    entered = {change.name for change in _removed(Option)}
    told = {name for unprobed in UNPROBED for name in re.findall(r"\w+", unprobed.name)}
    assert {*container_hardening(memory=1, processors=1.0)} - told <= entered
    args = [rule["names"] for rule in profile.build()["syscalls"] if "args" in rule or rule["action"] != _ALLOW]
    assert [list(change.allow) for change in _removed(Rule) if change.allow] == args


def test_every_verdict_of_the_filter_has_an_entry() -> None:
    """A rule could be added to the filter that no probe looks for, and be lost again unnoticed."""
    entered = {change.removeprefix("seccomp:") for change in _removed(str) if change.startswith("seccomp:")}
    traps = {f"trap:{name}" for name in seccomp._FORBIDDEN}
    mappings = {f"mmap:{1 << bit}" for bit in range(32) if seccomp._MAP_UNCOUNTED >> bit & 1}
    assert traps | mappings | {"default", "arch", "x32"} <= entered
    rules = {name.split(":")[0] for name in entered - traps - mappings} - {"default", "arch", "x32"}
    program = list(struct.iter_unpack("<HBBI", seccomp.build(1)))
    column = seccomp._ARCHITECTURES[platform.machine()][1]
    names = {number[column]: name for name, number in NUMBERS.items()}
    conditional, place = set(), 6
    while place < len(program) - 1:
        _, _, length, number = program[place]
        conditional |= {names[number]} if length > 1 else set()
        place += 1 + length
    assert conditional - {"mmap"} <= rules | {"tkill"}


def test_every_resource_limit_and_landlock_right_has_an_entry() -> None:
    """A limit or a right could be added that no probe looks for, and be lost again unnoticed."""
    entered = set(_removed(str))
    source = inspect.getsource(wall._limit_resources)
    assert {f"limit:{name}" for name in re.findall(r"RLIMIT_[A-Z]+", source)} <= entered
    rights = landlock._ABI1_RIGHTS | sum(landlock._LATER_RIGHTS.values()) & ~(1 << 13)  # which is told of as unprobed
    assert {f"landlock:files:{bit}" for bit in range(64) if rights >> bit & 1} <= entered


def test_no_entry_is_there_twice() -> None:
    """A second entry of one name would hide the first in the table."""
    titles = [hardening.title for hardening in HARDENINGS]
    assert len(set(titles)) == len(titles)
    assert all(hardening.backends for hardening in HARDENINGS)
