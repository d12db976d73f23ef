"""What every test shares: named requirements, and the promise to leave nothing behind.

Invariant: nothing is skipped silently. What ``ALLCLOSE_REQUIRE`` names must be there, else the test fails.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from sandbox.jobs import SandboxUnavailable
from sandbox.walls import cgroup, gpus
from tests import images, postgres
from tests.rotating import pytest_collection_modifyitems
from tests.service.nursery import Nursery

__all__ = ["first", "first_of_each", "mounts", "pytest_collection_modifyitems", "require", "zygotes"]

_PROGRAMS = {"bubblewrap": "bwrap", "unshare": "unshare", "curl": "curl", "chromium": "chromium"}


def pytest_configure() -> None:
    """Let interrupts through to what tests start: a shell that runs something in the background has it ignore them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands that tests start keep nothing in the user's cache directory, and find nothing there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where servers of tests are forked."""
    with closing(Nursery()) as made:
        yield made


def require(name: str) -> None:
    """Skip the running test by name if this machine lacks ``name``; fail it if the machine promised to have it."""
    lacking = _lacking(name)
    if lacking is None:
        return
    if name in os.environ.get("ALLCLOSE_REQUIRE", "").split(","):
        pytest.fail(f"{name} is required here: {lacking}")
    pytest.skip(f"needs {name}: {lacking}")


def _lacking(name: str) -> str | None:
    """Why ``name``, a program, a GPU, PostgreSQL, or something of Docker's, cannot be used; None if it can."""
    if name == "gpu":
        return _lacking_gpu()
    if name == "compose":
        return images.missing_compose()
    if name == "postgres":
        return None if postgres.programs() else "PostgreSQL's programs are not installed"
    if name in _PROGRAMS:
        return None if shutil.which(_PROGRAMS[name]) else f"{_PROGRAMS[name]} is not installed"
    return images.missing(name)


def _lacking_gpu() -> str | None:
    try:
        gpus.found(())
    except SandboxUnavailable as error:
        return str(error)
    return None


def first(always: int, values: Iterable[Any]) -> list[ParameterSet]:
    """Values of a parameter, of which every test run has the first ``always``, and ``make test-all`` the others too.

    For what is one proof repeated on more material.
    """
    marks = (pytest.mark.exhaustive,)
    return [
        pytest.param(value, id=str(value), marks=() if number < always else marks)
        for number, value in enumerate(values)
    ]


def first_of_each(always: int, values: Iterable[Any], kind: Callable[[Any], object]) -> list[ParameterSet]:
    """As ``first``, with the first ``always`` of each kind of value."""
    kinds: dict[object, list[Any]] = {}
    for value in values:
        kinds.setdefault(kind(value), []).append(value)
    return [parameter for alike in kinds.values() for parameter in first(always, alike)]


def zygotes() -> set[int]:
    """Process ids of sandbox processes that this test run started, directly or not, or that nobody owns any more."""
    numbers = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return {number for number in numbers if _is_zygote(number) and {os.getpid(), 1} & {*_owners(number)}}


def _is_zygote(number: int) -> bool:
    try:
        return b"sandbox.inside.zygote" in Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return False


def _owners(number: int) -> Iterator[int]:
    """Every process above a zygote and its wall, up to this test run; only init if its starter is gone."""
    starter = False
    while number > 1 and number != os.getpid():
        starter = starter or not _is_zygote(number)
        try:
            number = int(Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            return
        if number == os.getpid() or not starter:
            yield number


def mounts() -> list[str]:
    """Where something is mounted in this process's namespace, what a Docker engine mounts for its containers aside.

    An engine mounts layers and network namespaces, wherever its data lies; no wall of ours does.
    """
    lines = [line.split() for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()]
    return sorted(line[4] for line in lines if line[line.index("-") + 1] not in ("overlay", "nsfs"))


def groups() -> set[Path]:
    """Control groups of this test run, or of processes that are gone."""
    found = {
        path for parents in cgroup.hierarchies() for parent in parents.values() for path in parent.glob("allclose-*")
    }
    owners = {path: path.name.split("-")[1] for path in found}
    return {path for path, owner in owners.items() if owner == str(os.getpid()) or not Path(f"/proc/{owner}").exists()}


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server, started for the first test that asks for it."""
    require("postgres")
    with postgres.running() as started:
        yield started


@pytest.fixture(scope="session", autouse=True)
def _leaves_nothing_behind() -> Iterator[None]:
    before = zygotes(), mounts(), groups()
    yield
    deadline = time.monotonic() + 10
    while zygotes() - before[0] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not zygotes() - before[0], "the tests left sandbox processes behind"
    assert not Counter(mounts()) - Counter(before[1]), "the tests left mounts behind"
    while groups() - before[2] and time.monotonic() < deadline:
        cgroup.sweep()  # what the next start of a service does for one that was killed
        time.sleep(0.05)
    assert not groups() - before[2], "the tests left control groups behind"
